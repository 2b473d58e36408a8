package org.hearthnet.inference.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/**
 * Turns rows of floats into each weight format by rounding to the nearest: plain, without the searches for better scales
 * that converters make. The layouts are those of section 7 of the specification.
 */
public final class Quantizer {
    private static final int BLOCK = 32;
    private static final int HALF = 16;
    private static final int SUPER = 256;
    private static final int SIX_BITS = 63;

    private final WeightFormat format;
    private final ByteBuffer out;

    private Quantizer(WeightFormat format, int columns) {
        this.format = format;
        this.out = ByteBuffer.allocate((int) format.rowBytes(columns)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A row in {@code format}; its length must fit. */
    public static byte[] row(WeightFormat format, float[] x) {
        if (!format.fits(x.length)) {
            throw new IllegalArgumentException(x.length + " weights do not fit " + format);
        }
        var quantizer = new Quantizer(format, x.length);
        for (int at = 0; at < x.length; at += format.blockElements()) {
            quantizer.block(x, at);
        }
        return quantizer.out.array();
    }

    private void block(float[] x, int at) {
        switch (format) {
            case F32 -> out.putFloat(x[at]);
            case F16 -> out.putShort(Float.floatToFloat16(x[at]));
            case BF16 -> out.putShort(upperHalf(x[at]));
            case Q8_0 -> q8(x, at);
            case Q4_0 -> q4(x, at);
            case Q4_K, Q5_K -> withMinimums(x, at);
            case Q6_K -> q6(x, at);
        }
    }

    /** To nearest, ties to even. */
    private static short upperHalf(float x) {
        int bits = Float.floatToIntBits(x);
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }

    private void q8(float[] x, int at) {
        float d = putHalf(Math.abs(farthest(x, at, BLOCK)) / 127);
        for (int i = 0; i < BLOCK; i++) {
            out.put((byte) nearest(x[at + i], d, -127, 127));
        }
    }

    /** The number farthest from zero becomes -8, which the format has and 8 it has not. */
    private void q4(float[] x, int at) {
        float d = putHalf(farthest(x, at, BLOCK) / -8);
        for (int i = 0; i < HALF; i++) {
            int low = nearest(x[at + i], d, -8, 7) + 8;
            int high = nearest(x[at + HALF + i], d, -8, 7) + 8;
            out.put((byte) (low | high << 4));
        }
    }

    private void withMinimums(float[] x, int at) {
        int most = format == WeightFormat.Q4_K ? 15 : 31;
        float[] scales = new float[SUPER / BLOCK];
        float[] minimums = new float[scales.length];
        for (int j = 0; j < scales.length; j++) {
            float low = 0;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < BLOCK; i++) {
                low = Math.min(low, x[at + j * BLOCK + i]);
                high = Math.max(high, x[at + j * BLOCK + i]);
            }
            scales[j] = (Math.max(high, 0) - low) / most;
            minimums[j] = -low;
        }
        float d = putHalf(farthest(scales, 0, scales.length) / SIX_BITS);
        float dmin = putHalf(farthest(minimums, 0, minimums.length) / SIX_BITS);
        int[] scaleBits = nearest(scales, d);
        int[] minimumBits = nearest(minimums, dmin);
        putSixBits(scaleBits, minimumBits);
        int[] q = new int[SUPER];
        for (int e = 0; e < SUPER; e++) {
            int j = e / BLOCK;
            q[e] = nearest(x[at + e] + dmin * minimumBits[j], d * scaleBits[j], 0, most);
        }
        if (format == WeightFormat.Q5_K) {
            putFifthBits(q);
        }
        for (int e = 0; e < SUPER; e += 2 * BLOCK) {
            for (int i = 0; i < BLOCK; i++) {
                out.put((byte) (q[e + i] & 15 | (q[e + BLOCK + i] & 15) << 4));
            }
        }
    }

    private static int[] nearest(float[] parts, float unit) {
        int[] bits = new int[parts.length];
        for (int j = 0; j < bits.length; j++) {
            bits[j] = nearest(parts[j], unit, 0, SIX_BITS);
        }
        return bits;
    }

    private void putSixBits(int[] scales, int[] minimums) {
        for (int j = 0; j < 4; j++) {
            out.put((byte) (scales[j] | scales[j + 4] >> 4 << 6));
        }
        for (int j = 0; j < 4; j++) {
            out.put((byte) (minimums[j] | minimums[j + 4] >> 4 << 6));
        }
        for (int j = 4; j < 8; j++) {
            out.put((byte) (scales[j] & 15 | (minimums[j] & 15) << 4));
        }
    }

    private void putFifthBits(int[] q) {
        for (int i = 0; i < BLOCK; i++) {
            int bits = 0;
            for (int j = 0; j < SUPER / BLOCK; j++) {
                bits |= (q[j * BLOCK + i] >> 4) << j;
            }
            out.put((byte) bits);
        }
    }

    private void q6(float[] x, int at) {
        float[] scales = new float[SUPER / HALF];
        for (int j = 0; j < scales.length; j++) {
            scales[j] = farthest(x, at + j * HALF, HALF) / -32;
        }
        float d = Float.float16ToFloat(Float.floatToFloat16(Math.abs(farthest(scales, 0, scales.length)) / 127));
        byte[] low = new byte[SUPER / 2];
        byte[] high = new byte[SUPER / 4];
        byte[] scaleBytes = new byte[scales.length];
        for (int e = 0; e < SUPER; e++) {
            int scale = nearest(scales[e / HALF], d, -127, 127);
            scaleBytes[e / HALF] = (byte) scale;
            int n = nearest(x[at + e], d * scale, -32, 31) + 32;
            int half = e / 128;
            int quarter = e % 128 / BLOCK;
            int l = e % BLOCK;
            low[64 * half + BLOCK * (quarter % 2) + l] |= (byte) ((n & 15) << 4 * (quarter / 2));
            high[BLOCK * half + l] |= (byte) ((n >> 4) << 2 * quarter);
        }
        out.put(low).put(high).put(scaleBytes);
        putHalf(d);
    }

    private static float farthest(float[] x, int at, int count) {
        float found = 0;
        for (int i = at; i < at + count; i++) {
            found = Math.abs(x[i]) > Math.abs(found) ? x[i] : found;
        }
        return found;
    }

    private static int nearest(float x, float unit, int least, int most) {
        return unit == 0 ? 0 : Math.clamp(Math.round((double) x / unit), least, most);
    }

    private float putHalf(float value) {
        short bits = Float.floatToFloat16(value);
        out.putShort(bits);
        return Float.float16ToFloat(bits);
    }
}
