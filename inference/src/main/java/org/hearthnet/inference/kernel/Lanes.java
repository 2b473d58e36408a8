package org.hearthnet.inference.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.Exponential;
import org.hearthnet.genesis.arithmetic.LaneSum;
import org.hearthnet.genesis.arithmetic.PoisonException;

/**
 * The vector width in use and what is written in terms of it. The width is the machine's own, at most 512 bits because
 * a tile has 16 rows; {@code -Dhearth.vector.bits} forces a smaller one, which must not change a single bit.
 */
final class Lanes {
    /** Floats of a vector: 4, 8 or 16. */
    static final VectorSpecies<Float> F = floats();

    /** As many ints. */
    static final VectorSpecies<Integer> I = F.withLanes(int.class);

    /** As many shorts. */
    static final VectorSpecies<Short> S = VectorSpecies.of(short.class, VectorShape.forBitSize(F.length() * 16));

    /** At least as many bytes: there is no vector of 4. */
    static final VectorSpecies<Byte> B =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, F.length() * 8)));

    /** {@code F.length()}. */
    static final int WIDTH = F.length();

    private static final float SHIFT_EXPONENT = 0x1p112f;

    /** Of a sign-extended fp16 shifted by 13: not the copies of the sign. */
    private static final int SIGN_AND_MAGNITUDE = 0x8FFFE000;

    private Lanes() {}

    private static VectorSpecies<Float> floats() {
        int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        int bits = Integer.getInteger("hearth.vector.bits", Math.min(512, preferred));
        return switch (bits) {
            case 128 -> FloatVector.SPECIES_128;
            case 256 -> FloatVector.SPECIES_256;
            case 512 -> FloatVector.SPECIES_512;
            default -> throw new IllegalArgumentException("hearth.vector.bits must be 128, 256 or 512, not " + bits);
        };
    }

    /** Int8 to float; the first {@link #WIDTH} lanes. */
    static FloatVector widen(ByteVector bytes) {
        return (FloatVector) bytes.convertShape(VectorOperators.B2F, F, 0);
    }

    /**
     * Finite fp16 to float, exactly: exponent and fraction are moved into place and the exponent's bias is made up for
     * by a multiplication, which also normalises subnormals.
     */
    static FloatVector widen(ShortVector halves) {
        IntVector bits = (IntVector) halves.convertShape(VectorOperators.S2I, I, 0);
        return bits.lanewise(VectorOperators.LSHL, 13)
                .and(SIGN_AND_MAGNITUDE)
                .reinterpretAsFloats()
                .mul(SHIFT_EXPONENT);
    }

    /** The mask of lanes that are admitted by the canonical arithmetic. */
    static VectorMask<Float> sound(FloatVector v) {
        return v.abs().lt(Arithmetic.MAGNITUDE_LIMIT);
    }

    /** Throws if a lane is not admitted. */
    static void check(FloatVector v, String what) {
        if (!sound(v).allTrue()) {
            throw new PoisonException(what + " is NaN, infinite or too large");
        }
    }

    /** {@link Exponential#exp} of lanes that are not NaN. */
    static FloatVector exp(FloatVector x) {
        FloatVector a = x.min(Exponential.MAX_ARGUMENT).max(Exponential.MIN_ARGUMENT);
        FloatVector rounder = FloatVector.broadcast(F, Exponential.ROUNDER);
        FloatVector n =
                a.fma(FloatVector.broadcast(F, Exponential.LOG2_E), rounder).sub(rounder);
        FloatVector r = n.fma(FloatVector.broadcast(F, -Exponential.LN2_HIGH), a);
        r = n.fma(FloatVector.broadcast(F, -Exponential.LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(F, Exponential.C7)
                .fma(r, FloatVector.broadcast(F, Exponential.C6))
                .fma(r, FloatVector.broadcast(F, Exponential.C5))
                .fma(r, FloatVector.broadcast(F, Exponential.C4))
                .fma(r, FloatVector.broadcast(F, Exponential.C3))
                .fma(r, FloatVector.broadcast(F, Exponential.C2))
                .fma(r, FloatVector.broadcast(F, 1f))
                .fma(r, FloatVector.broadcast(F, 1f));
        IntVector exponent = (IntVector) n.convertShape(VectorOperators.F2I, I, 0);
        FloatVector power = exponent.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        return p.mul(power).blend(0f, x.lt(Exponential.MIN_ARGUMENT));
    }

    /** {@link LaneSum#sum}. */
    static float sum(float[] values, int offset, int length) {
        float[] partial = new float[Arithmetic.LANES];
        int whole = length - length % Arithmetic.LANES;
        for (int part = 0; part < Arithmetic.LANES; part += WIDTH) {
            FloatVector acc = FloatVector.zero(F);
            for (int i = part; i < whole; i += Arithmetic.LANES) {
                acc = acc.add(FloatVector.fromArray(F, values, offset + i));
            }
            acc.intoArray(partial, part);
        }
        for (int i = whole; i < length; i++) {
            partial[i - whole] = partial[i - whole] + values[offset + i];
        }
        return LaneSum.fold(partial);
    }

    /** {@link LaneSum#sumOfSquares}. */
    static float sumOfSquares(float[] values, int offset, int length) {
        float[] partial = new float[Arithmetic.LANES];
        int whole = length - length % Arithmetic.LANES;
        for (int part = 0; part < Arithmetic.LANES; part += WIDTH) {
            FloatVector acc = FloatVector.zero(F);
            for (int i = part; i < whole; i += Arithmetic.LANES) {
                FloatVector v = FloatVector.fromArray(F, values, offset + i);
                acc = v.fma(v, acc);
            }
            acc.intoArray(partial, part);
        }
        for (int i = whole; i < length; i++) {
            partial[i - whole] = Math.fma(values[offset + i], values[offset + i], partial[i - whole]);
        }
        return LaneSum.fold(partial);
    }

    /** {@link LaneSum#chunkedSum}. */
    static float chunkedSum(float[] values, int offset, int length) {
        float total = 0f;
        for (int from = 0; from < length; from += Arithmetic.CHUNK) {
            total = total + sum(values, offset + from, Math.min(Arithmetic.CHUNK, length - from));
        }
        return total;
    }
}
