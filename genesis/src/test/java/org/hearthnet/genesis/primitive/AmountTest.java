package org.hearthnet.genesis.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AmountTest {
    @Test
    void neverWrapsAndIsNeverNegative() {
        Amount most = Amount.of(Long.MAX_VALUE);
        assertThrows(ArithmeticException.class, () -> most.plus(Amount.of(1)));
        assertThrows(ArithmeticException.class, () -> most.times(2));
        assertThrows(ArithmeticException.class, () -> Amount.ZERO.minus(Amount.of(1)));
        assertThrows(ArithmeticException.class, () -> Amount.of(-1));
        assertThrows(ArithmeticException.class, () -> most.fraction(2, 1));
    }

    @Property
    void fractionsAreExactAndRoundDown(
            @ForAll @LongRange(min = 0) long sparks,
            @ForAll @LongRange(min = 0, max = 1000) long numerator,
            @ForAll @LongRange(min = 1000, max = 100_000) long denominator) {
        BigInteger expected = BigInteger.valueOf(sparks)
                .multiply(BigInteger.valueOf(numerator))
                .divide(BigInteger.valueOf(denominator));
        assertEquals(
                expected.longValueExact(),
                Amount.of(sparks).fraction(numerator, denominator).sparks());
    }

    @Test
    void printsCredits() {
        assertEquals("12.5", Amount.of(12_500_000).toString());
        assertEquals("0.000001", Amount.of(1).toString());
        assertEquals("0", Amount.ZERO.toString());
    }
}
