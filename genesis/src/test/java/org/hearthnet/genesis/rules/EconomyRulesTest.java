package org.hearthnet.genesis.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.rules.Detection.Shares;
import org.hearthnet.genesis.spec.Parameters;
import org.junit.jupiter.api.Test;

class EconomyRulesTest {
    private static final long MOST = 1L << 40;

    /** As of a network between homes, but for the times. */
    private static final Parameters P = new Parameters(
            1000,
            10,
            4,
            4,
            5,
            3,
            2,
            1,
            Amount.credits(1000),
            50,
            50,
            50,
            800,
            100,
            700,
            8,
            Amount.ZERO,
            Amount.credits(1_000_000),
            1000,
            Amount.ZERO);

    private static Hash32 hash(long number) {
        return Hashing.in("test").add(number).finish();
    }

    @Test
    void detectionIsTheProductOfAllThatMustGoWrong() {
        assertEquals(50_000_000, Detection.perReceipt(50, Shares.NONE, 1000));
        // 5 % times (2/3)^3, with thirds as 333 thousandths
        assertEquals(14_837_048, Detection.perReceipt(50, new Shares(333, 333, 333), 1000));
        assertEquals(0, Detection.perReceipt(1000, new Shares(1000, 0, 0), 1000));
        assertThrows(IllegalArgumentException.class, () -> new Shares(1001, 0, 0));
    }

    @Property
    void timeToDetectionAgreesWithLogarithms(
            @ForAll @LongRange(min = 100_000, max = 900_000_000) long chance,
            @ForAll @LongRange(min = 1_000_000, max = 999_000_000) long confidence) {
        double exact = Math.log1p(-confidence / 1e9) / Math.log1p(-chance / 1e9);
        long n = Detection.receiptsUntil(chance, confidence);
        assertTrue(n >= exact - 1e-6 * exact - 1e-6, n + " is under " + exact);
        assertTrue(n <= exact * 1.001 + 1.001, n + " is over " + exact);
    }

    @Test
    void whatIsNeverFoundIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Detection.receiptsUntil(0, 1));
        assertThrows(IllegalArgumentException.class, () -> Detection.receiptsUntil(1, Chance.ONE));
        assertEquals(1, Detection.receiptsUntil(Chance.ONE, 999_000_000));
    }

    /** Bernoulli: what loses once loses always. */
    @Property
    void whatLosesOnceLosesForEveryNumberOfReceipts(
            @ForAll @LongRange(min = 1, max = MOST) long gain,
            @ForAll @LongRange(min = 0, max = MOST) long stake,
            @ForAll @LongRange(min = 0, max = Chance.ONE) long chance,
            @ForAll @IntRange(min = 1, max = 256) int receipts) {
        if (ExpectedGain.isLoss(Amount.of(gain), Amount.of(stake), chance)) {
            // Rounding is in the cheat's favour: by at most a billionth of everything for each squaring.
            long slack = 1 + (gain / 1_000_000 + stake / 1_000_000) * 16 * receipts / 1000;
            long expected = ExpectedGain.ofCheating(Amount.of(gain), Amount.of(stake), chance, receipts);
            assertTrue(expected <= slack, "gains " + expected);
        }
    }

    /** The stated bound: a third of each share, whatever the bond and the record, and the whole fee as gain. */
    @Property
    void withinTheExposureCapCheatingLosesUpToAThirdOfEachShare(
            @ForAll @LongRange(min = 1_000_000, max = MOST) long bond,
            @ForAll @IntRange(min = 50, max = 1000) int rate) {
        Amount cap = Exposure.largestFee(P, Amount.of(bond), rate);
        Amount gain = FeeSplit.of(P, cap).executor();
        // A convicted executor loses all but the report's share.
        Amount convicted = Amount.of(bond).fraction(1000 - Penalty.reportShare(P), 1000);
        assertTrue(ExpectedGain.isLoss(gain, convicted, Detection.perReceipt(rate, new Shares(333, 333, 333), 1000)));
        // A bought verifier gives no second opinion, and wants more than the finder's share.
        Amount bribe = Amount.of(bond).fraction(P.finderShare(), 1000);
        assertTrue(ExpectedGain.isLoss(gain, bribe, Detection.perReceipt(rate, new Shares(333, 0, 333), 1000)));
    }

    /** Served to friends only: two strangers in turn find a closed door, the third makes it silence. */
    @Property
    void hidingFromStrangersLosesUpToAThirdOfEachShare(
            @ForAll @LongRange(min = 1000, max = MOST) long fee, @ForAll @IntRange(min = 50, max = 1000) int rate) {
        long strangers = 667L * 667 * 667 * 667 / 1_000; // three verifiers and the beacon, billionths
        Amount price = Penalty.silence(Amount.of(fee), rate).plus(Amount.of(fee));
        long chance = Chance.and(Chance.of(rate), strangers);
        assertTrue(ExpectedGain.isLoss(FeeSplit.of(P, Amount.of(fee)).executor(), price, chance));
    }

    @Test
    void privateDrawsComeAtLeastAtTheirRate() {
        for (int rate : new int[] {50, 125, 250, 500}) {
            int checked = 0;
            int drawn = 0;
            int rounds = 4000;
            for (int i = 0; i < rounds; i++) {
                int here = 0;
                for (int v = 0; v < 20; v++) {
                    here += PrivateDraw.isDrawn(hash(i * 20L + v), rate, 1 + v % 3, 39) ? 1 : 0;
                }
                checked += here > 0 ? 1 : 0;
                drawn += here;
            }
            double expected = rate * (2000.0 - rate) / (2000.0 * (1000 - rate));
            // Fixed hashes; four standard deviations.
            assertTrue(
                    checked >= rounds * rate / 1000.0 - 4 * Math.sqrt(rounds * rate / 1000.0), rate + ": " + checked);
            assertEquals(rounds * expected, drawn, 4 * Math.sqrt(rounds * expected) + 1, "rate " + rate);
        }
        assertFalse(PrivateDraw.isPossible(1000));
        assertThrows(IllegalArgumentException.class, () -> PrivateDraw.isDrawn(hash(1), 1000, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> PrivateDraw.isDrawn(hash(1), 50, 2, 1));
    }

    @Property
    void moreWeightNeverTakesAPrivateDrawAway(
            @ForAll long number,
            @ForAll @IntRange(min = 1, max = 999) int rate,
            @ForAll @IntRange(max = 99) int weight) {
        if (weight >= 0 && PrivateDraw.isDrawn(hash(number), rate, weight, 100)) {
            assertTrue(PrivateDraw.isDrawn(hash(number), rate, weight + 1, 100));
        }
    }

    @Test
    void newKeysWeighAlmostNothing() {
        assertEquals(1, VerifierWeight.of(P, Amount.ZERO, 0, false));
        assertEquals(31, VerifierWeight.of(P, Amount.ZERO, 30, false));
        assertEquals(51, VerifierWeight.of(P, Amount.ZERO, 5000, false));
        assertEquals(101, VerifierWeight.of(P, Amount.credits(1_000_000), 5000, false));
        assertEquals(0, VerifierWeight.of(P, Amount.credits(1_000_000), 5000, true));
    }

    @Test
    void drawsFollowTheWeights() {
        int heavy = 0;
        for (int i = 0; i < 10_000; i++) {
            heavy += Draw.verifier(hash(3), hash(4), i, 0, new long[] {0, 1, 9, 0}) == 2 ? 1 : 0;
        }
        assertEquals(9000, heavy, 120); // fixed hashes; four standard deviations
        assertThrows(IllegalArgumentException.class, () -> Draw.verifier(hash(3), hash(4), 0, 0, new long[] {0, 0}));
        assertThrows(IllegalArgumentException.class, () -> Draw.verifier(hash(3), hash(4), 0, 0, new long[] {-1, 5}));
        assertThrows(
                ArithmeticException.class, () -> Draw.verifier(hash(3), hash(4), 0, 0, new long[] {Long.MAX_VALUE, 1}));
    }

    @Test
    void trialsCountForHalfOfTheBarAtMost() {
        assertEquals(25, TrialDuties.towardsEntry(P, 0, 1000, 0));
        assertEquals(30, TrialDuties.towardsEntry(P, 20, 10, 0));
        assertEquals(50, TrialDuties.towardsEntry(P, 0, 1000, 1));
        assertEquals(Integer.MAX_VALUE, TrialDuties.towardsEntry(P, Integer.MAX_VALUE, 10, 0));
        assertTrue(TrialDuties.mayHaveAnother(1));
        assertFalse(TrialDuties.mayHaveAnother(TrialDuties.PER_NEWCOMER));
        assertEquals(2, TrialDuties.owedBy(11));
    }

    @Test
    void secondAuditsComeAtTheirRateAndAddToDetection() {
        int drawn = 0;
        for (int i = 0; i < 10_000; i++) {
            drawn += SecondAudit.isDrawn(hash(8), hash(9), i) ? 1 : 0;
        }
        assertEquals(1000, drawn, 120); // fixed hashes; four standard deviations
        long third = Chance.of(333);
        assertEquals(0.05 * (0.333 + 0.667 * 0.1 * 0.333), SecondAudit.found(50, third, third) / 1e9, 1e-8);
    }

    @Property
    void whatIsOwedIsWhatTheWorkCausesRoundedUp(
            @ForAll @LongRange(min = 0, max = MOST) long executed, @ForAll @IntRange(min = 0, max = 1000) int rate) {
        long owed = CheckingDebt.owed(executed, rate);
        assertTrue(owed * 1000 >= executed * rate && (owed - 1) * 1000 < executed * rate);
        assertEquals(0, CheckingDebt.left(owed, owed + 1));
        assertThrows(IllegalArgumentException.class, () -> CheckingDebt.owed(1, 1001));
    }

    @Property
    void payingOneselfAlwaysCosts(
            @ForAll @LongRange(min = 1000, max = MOST) long fees, @ForAll @IntRange(min = 0, max = 999) int share) {
        assertTrue(MintingBound.costOfSelfDealing(P, Amount.of(fees), share).sparks() > 0);
        assertTrue(MintingBound.most(P, Amount.of(fees)).sparks() <= fees);
    }

    @Test
    void oneHandAboveAThirdIsNotIndependent() {
        assertTrue(MintingBound.isIndependent(P, 8, 33, 100));
        assertFalse(MintingBound.isIndependent(P, 8, 34, 100));
        assertFalse(MintingBound.isIndependent(P, 7, 1, 100));
    }

    @Test
    void newcomersHaveAThirdOfTheDrawsButNoneMoreThanAVeteran() {
        boolean[] bonded = {true, true, false, false};
        assertArrayEquals(
                new long[] {101 * 4, 101 * 4, 202, 202}, VerifierWeight.drawn(new long[] {101, 101, 1, 1}, bonded));
        // Alone it would have half of what two veterans have, which is as much as one of them.
        assertArrayEquals(
                new long[] {202, 202, 202},
                VerifierWeight.drawn(new long[] {101, 101, 1}, new boolean[] {true, true, false}));
        // Enough by themselves, or nobody to share with.
        assertArrayEquals(
                new long[] {101, 51, 51},
                VerifierWeight.drawn(new long[] {101, 51, 51}, new boolean[] {true, false, false}));
        assertArrayEquals(new long[] {1, 1}, VerifierWeight.drawn(new long[] {1, 1}, new boolean[] {false, false}));
        assertArrayEquals(new long[] {101}, VerifierWeight.drawn(new long[] {101}, new boolean[] {true}));
    }

    @Property
    void raisedWeightsKeepTheirProportionsAndNeverOverflow(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(4096);
        long[] weights = new long[count];
        boolean[] bonded = new boolean[count];
        int size = 1 + random.nextInt(32);
        for (int i = 0; i < count; i++) {
            bonded[i] = random.nextInt(3) == 0;
            weights[i] = 1 + (random.nextLong() >>> (Long.SIZE - size)) * (bonded[i] ? 2 : 1);
        }
        long[] drawn = VerifierWeight.drawn(weights, bonded);
        long before = 0;
        long of = 0;
        long after = 0;
        long total = 0;
        for (int i = 0; i < count; i++) {
            before += bonded[i] ? 0 : weights[i];
            of += weights[i];
            after += bonded[i] ? 0 : drawn[i];
            total = Math.addExact(total, drawn[i]);
            assertTrue(drawn[i] > 0);
        }
        double share = (double) after / total;
        assertTrue(share >= (double) before / of - 1e-4, "newcomers lost: " + share);
        assertTrue(share <= Math.max((double) before / of, 1 / 3.0) + 1e-4, "newcomers have too much: " + share);
    }
}
