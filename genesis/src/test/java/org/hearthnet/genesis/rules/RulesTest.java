package org.hearthnet.genesis.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.Parameters;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final long MOST = 1L << 40;

    private static Parameters shares(int executor, int duty, int finder) {
        return new Parameters(
                1000,
                10,
                4,
                4,
                5,
                3,
                2,
                1,
                Amount.credits(100),
                3,
                50,
                4,
                executor,
                duty,
                finder,
                1,
                Amount.ZERO,
                Amount.credits(1_000_000),
                1000,
                Amount.ZERO);
    }

    private static final Parameters P = shares(700, 200, 500);

    private static Hash32 hash(long number) {
        return Hashing.in("test").add(number).finish();
    }

    @Test
    void theAuditRateHalvesDownToItsFloor() {
        assertEquals(1000, AuditRate.thousandths(P, 0));
        assertEquals(1000, AuditRate.thousandths(P, 3));
        assertEquals(500, AuditRate.thousandths(P, 4));
        assertEquals(125, AuditRate.thousandths(P, 12));
        assertEquals(62, AuditRate.thousandths(P, 16));
        assertEquals(50, AuditRate.thousandths(P, 20));
        assertEquals(50, AuditRate.thousandths(P, Integer.MAX_VALUE));
    }

    @Property
    void aBetterRecordNeverRaisesTheAuditRate(
            @ForAll @IntRange(min = 0, max = 1000) int record, @ForAll @IntRange(min = 0, max = 1000) int more) {
        assertTrue(AuditRate.thousandths(P, record + more) <= AuditRate.thousandths(P, record));
    }

    @Property
    void atTheFullRateEverythingIsDrawn(@ForAll long beacon, @ForAll @IntRange(min = 0, max = 255) int index) {
        assertTrue(Draw.isDrawn(hash(beacon), hash(7), index, AuditRate.FULL));
        assertFalse(Draw.isDrawn(hash(beacon), hash(7), index, 0));
    }

    @Property
    void whatIsDrawnAtALowRateIsDrawnAtAHigherOne(
            @ForAll long beacon,
            @ForAll @IntRange(min = 1, max = 1000) int low,
            @ForAll @IntRange(min = 1, max = 1000) int high) {
        if (low <= high && Draw.isDrawn(hash(beacon), hash(7), 3, low)) {
            assertTrue(Draw.isDrawn(hash(beacon), hash(7), 3, high));
        }
    }

    @Test
    void drawsComeAtTheirRateAndSpreadOverVerifiers() {
        int drawn = 0;
        int[] verifiers = new int[5];
        for (int i = 0; i < 20_000; i++) {
            drawn += Draw.isDrawn(hash(1), hash(2), i, 100) ? 1 : 0;
            verifiers[Draw.verifier(hash(1), hash(2), i, 0, new long[] {1, 1, 1, 1, 1})]++;
        }
        // Fixed hashes: the counts are the same on every machine. Five standard deviations are 212 and 283.
        assertTrue(Math.abs(drawn - 2000) < 212, "drawn: " + drawn);
        for (int count : verifiers) {
            assertTrue(Math.abs(count - 4000) < 283, "a verifier: " + count);
        }
        assertThrows(IllegalArgumentException.class, () -> Draw.verifier(hash(1), hash(2), 0, 0, new long[0]));
    }

    @Property
    void aFeeIsSplitWithoutLoss(
            @ForAll @LongRange(min = 0, max = MOST) long fee,
            @ForAll @IntRange(min = 0, max = 1000) int executor,
            @ForAll @IntRange(min = 0, max = 1000) int duty) {
        if (executor + duty <= 1000) {
            FeeSplit split = FeeSplit.of(shares(executor, duty, 0), Amount.of(fee));
            assertEquals(
                    fee,
                    split.executor().plus(split.duty()).plus(split.burned()).sparks());
        }
    }

    @Property
    void rewardsNeverExceedWhatIsLeft(
            @ForAll @LongRange(min = 0, max = MOST) long fee,
            @ForAll @IntRange(min = 50, max = 1000) int rate,
            @ForAll @LongRange(min = 0, max = MOST) long pool,
            @ForAll @LongRange(min = 0, max = MOST) long mint) {
        DutyReward reward = DutyReward.of(P, Amount.of(fee), rate, Amount.of(pool), Amount.of(mint));
        assertTrue(reward.fromPool().sparks() <= pool);
        assertTrue(reward.minted().sparks() <= mint);
        assertTrue(reward.minted().compareTo(FeeSplit.of(P, Amount.of(fee)).burned()) <= 0);
    }

    /** The expected reward out of the pool is the receipt's own audit fee, whatever the rate. */
    @Property
    void theExpectedPoolRewardIsTheAuditFee(
            @ForAll @LongRange(min = 1000, max = MOST) long fee, @ForAll @IntRange(min = 50, max = 1000) int rate) {
        DutyReward reward =
                DutyReward.of(P, Amount.of(fee), rate, Amount.of(Long.MAX_VALUE), Amount.of(Long.MAX_VALUE));
        long expected = reward.fromPool().fraction(rate, 1000).sparks();
        long paidIn = FeeSplit.of(P, Amount.of(fee)).duty().sparks();
        assertTrue(expected <= paidIn && paidIn - expected <= 1, expected + " of " + paidIn);
    }

    /** With any audit rate, hiding costs at least five times what the hidden receipt earned. */
    @Property
    void silenceCostsMoreThanAnyFee(
            @ForAll @LongRange(min = 1, max = MOST) long fee, @ForAll @IntRange(min = 1, max = 1000) int rate) {
        Amount expected = Penalty.silence(Amount.of(fee), rate).fraction(rate, 1000);
        assertTrue(expected.sparks() >= 5 * fee - 1, "expected loss: " + expected.sparks());
    }

    /** The largest fee allowed is worth less than the bond even after dividing by the chance of being drawn. */
    @Property
    void theExposureCapKeepsCheatingNegative(
            @ForAll @LongRange(min = 0, max = MOST) long bond, @ForAll @IntRange(min = 1, max = 1000) int rate) {
        Amount cap = Exposure.largestFee(P, Amount.of(bond), rate);
        assertTrue(cap.times(3).times(1000).compareTo(Amount.of(bond).times(rate)) <= 0);
    }

    @Property
    void aSlashedBondIsDividedWithoutLoss(
            @ForAll @LongRange(min = 0, max = MOST) long bond,
            @ForAll @LongRange(min = 0, max = MOST) long owed,
            @ForAll @IntRange(min = 0, max = 1000) int finder) {
        Penalty.Slash s = Penalty.slash(Amount.of(bond), Amount.of(owed), finder);
        assertEquals(bond, s.refund().plus(s.finder()).plus(s.burned()).sparks());
        assertTrue(s.refund().sparks() == Math.min(owed, bond));
    }

    @Test
    void slashesWaitOnlyIfManyAndMuch() {
        assertFalse(Penalty.waitsForReview(3, Amount.credits(1000), Amount.credits(1000)));
        assertTrue(Penalty.waitsForReview(4, Amount.credits(21), Amount.credits(1000)));
        assertFalse(Penalty.waitsForReview(4, Amount.credits(20), Amount.credits(1000)));
    }

    @Test
    void theBarDoublesWithoutOverflow() {
        assertEquals(3, Reputation.bar(P, 0));
        assertEquals(6, Reputation.bar(P, 1));
        assertEquals(Integer.MAX_VALUE, Reputation.bar(P, 40));
        assertEquals(Integer.MAX_VALUE, Reputation.agreed(Integer.MAX_VALUE));
    }

    @Test
    void rolesFollowTheRecord() {
        Amount bond = P.minimumBond();
        assertEquals(Role.VETERAN, Role.of(P, bond, 3, 0, false, 0));
        assertEquals(Role.CLIENT, Role.of(P, bond.minus(Amount.of(1)), 3, 0, false, 0));
        assertEquals(Role.VERIFIER, Role.of(P, bond, 2, 0, false, 1));
        assertEquals(Role.VERIFIER, Role.of(P, bond, 5, 1, false, 1));
        assertEquals(Role.CLIENT, Role.of(P, bond, 99, 0, true, 1));
    }
}
