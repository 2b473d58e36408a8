package org.hearthnet.inference.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/** Random weights in every format, of a size that keeps activations bounded. */
public final class RandomWeights {
    /** One over the standard deviation of numbers uniform in [-1, 1). */
    private static final float SPREAD = (float) Math.sqrt(3);

    private RandomWeights() {}

    /** A bias of [length], uniform in [-0.5, 0.5). */
    static float[] bias(Random random, int length) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = random.nextFloat() - 0.5f;
        }
        return out;
    }

    /** Weights of a norm, [length], uniform in [0.75, 1.25). */
    static float[] norm(Random random, int length) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = 0.75f + random.nextFloat() / 2;
        }
        return out;
    }

    /**
     * A row of weights around zero; about {@code scale} is their standard deviation.
     *
     * @throws IllegalArgumentException if rows of {@code type} cannot have {@code columns} elements
     */
    public static byte[] row(WeightFormat type, int columns, Random random, float scale) {
        if (!type.fits(columns)) {
            throw new IllegalArgumentException("a row of " + columns + " weights does not divide into the blocks of "
                    + type.blockElements() + " of " + type);
        }
        ByteBuffer out = ByteBuffer.allocate((int) type.rowBytes(columns)).order(ByteOrder.LITTLE_ENDIAN);
        while (out.hasRemaining()) {
            switch (type) {
                case F32 -> out.putFloat(uniform(random, scale));
                case F16 -> out.putShort(Float.floatToFloat16(uniform(random, scale)));
                case BF16 -> out.putShort((short) (Float.floatToIntBits(uniform(random, scale)) >> 16));
                case Q8_0, Q4_0, Q4_K, Q5_K, Q6_K -> block(type, random, scale, out);
            }
        }
        return out.array();
    }

    /** Not normally distributed: that takes several times as long, and a file of real size has 10^9 of them. */
    private static float uniform(Random random, float deviation) {
        return (2 * random.nextFloat() - 1) * SPREAD * deviation;
    }

    /** Random bits with scales that suit; some scales are negative. */
    private static void block(WeightFormat type, Random random, float scale, ByteBuffer out) {
        float spread = (random.nextInt(8) == 0 ? -1 : 1) * scale * (0.5f + random.nextFloat());
        byte[] bytes = new byte[type.blockBytes()];
        random.nextBytes(bytes);
        int at = out.position();
        out.put(bytes);
        switch (type) {
            case Q8_0 -> half(out, at, spread / 75);
            case Q4_0 -> half(out, at, spread / 5);
            case Q4_K, Q5_K -> {
                // The average of d * scale * q is the average of dmin * minimum.
                float middle = type == WeightFormat.Q4_K ? 7.5f : 15.5f;
                half(out, at, spread / 32 / middle);
                half(out, at + 2, spread / 32);
            }
            case Q6_K -> half(out, at + 208, spread / 1400);
            case F32, F16, BF16 -> throw new IllegalArgumentException(type + " has no blocks");
        }
    }

    private static void half(ByteBuffer out, int at, float value) {
        out.putShort(at, Float.floatToFloat16(value));
    }
}
