package org.hearthnet.genesis.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.hearthnet.genesis.primitive.Amount;
import org.junit.jupiter.api.Test;

class BaseFeeTest {
    private static long next(long current, long fullness, long minimum) {
        return BaseFee.next(Amount.of(current), fullness, Amount.of(minimum)).sparks();
    }

    @Property
    void oneBlockMovesItByAnEighthAtMost(
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long current,
            @ForAll @LongRange(min = 0, max = 1_000_000) long fullness,
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long below) {
        long minimum = Math.min(below, current);
        long after = next(current, fullness, minimum);
        assertTrue(after >= minimum);
        assertTrue(Math.abs(after - current) <= (current + 7) / 8, current + " to " + after);
        assertTrue(fullness == BaseFee.TARGET ? after == current : fullness > BaseFee.TARGET || after <= current);
    }

    @Property
    void aFullerBlockNeverMakesTheNextOneCheaper(
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long current,
            @ForAll @LongRange(min = 0, max = 1_000_000) long one,
            @ForAll @LongRange(min = 0, max = 1_000_000) long other) {
        assertTrue(next(current, Math.max(one, other), 0) >= next(current, Math.min(one, other), 0));
    }

    @Property
    void emptyBlocksBringItBackToTheMinimum(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long current,
            @ForAll @LongRange(min = 0, max = 1_000) long minimum) {
        long fee = Math.max(current, minimum);
        int blocks = 0;
        while (fee > minimum) {
            fee = next(fee, 0, minimum);
            blocks++;
            assertTrue(blocks <= 220, "stuck at " + fee); // ln(1e12) / -ln(7/8) is 207
        }
        assertEquals(minimum, next(fee, 0, minimum));
    }

    @Test
    void fullBlocksRaiseEvenASmallFeeAndEndAtTheCeiling() {
        assertEquals(2, next(1, BaseFee.FULL, 1));
        assertEquals(113, next(100, BaseFee.FULL, 100));
        assertEquals(107, next(100, 750_000, 100));
        assertEquals(100, next(100, 250_000, 100));
        assertEquals(187, next(200, 250_000, 100));
        long fee = 100;
        for (int i = 0; i < 400; i++) {
            fee = next(fee, BaseFee.FULL, 100);
        }
        assertEquals(BaseFee.MOST.sparks(), fee);
    }

    @Test
    void extremesOverflowNothing() {
        long most = Long.MAX_VALUE;
        assertEquals(most, next(most, BaseFee.FULL, most));
        assertEquals(most, next(most, 0, most));
        assertTrue(next(most, 0, 0) < most);
        assertEquals(0, next(0, BaseFee.FULL, 0), "a network without fees stays one");
        assertThrows(IllegalArgumentException.class, () -> next(1, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> next(1, BaseFee.FULL + 1, 0));
    }
}
