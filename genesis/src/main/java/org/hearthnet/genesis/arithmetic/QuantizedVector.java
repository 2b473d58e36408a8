package org.hearthnet.genesis.arithmetic;

/** An activation vector as int8 in blocks of 32 with one fp32 scale each, see {@link BlockQuantizer}. */
public final class QuantizedVector {
    private final byte[] quants;
    private final float[] scales;

    private QuantizedVector(byte[] quants, float[] scales) {
        this.quants = quants;
        this.scales = scales;
    }

    /**
     * Quantises a vector.
     *
     * @param x [columns], a multiple of 32
     */
    public static QuantizedVector of(float[] x) {
        return of(x, 0, x.length);
    }

    /** Quantises {@code length} elements from {@code offset} on. */
    public static QuantizedVector of(float[] x, int offset, int length) {
        if (length % Arithmetic.BLOCK != 0) {
            throw new IllegalArgumentException(length + " elements are not whole blocks");
        }
        byte[] quants = new byte[length];
        float[] scales = new float[length / Arithmetic.BLOCK];
        for (int b = 0; b < scales.length; b++) {
            int at = b * Arithmetic.BLOCK;
            scales[b] = BlockQuantizer.quantize(x, offset + at, quants, at);
        }
        return new QuantizedVector(quants, scales);
    }

    /** Elements. */
    public int length() {
        return quants.length;
    }

    /** Blocks of 32. */
    public int blocks() {
        return scales.length;
    }

    /** The scale of block {@code b}. */
    public float scale(int b) {
        return scales[b];
    }

    /** The dot of block {@code b} with 32 integers of a {@link WeightBlock}. */
    public int dot(int b, int[] integers) {
        int dot = 0;
        for (int i = 0; i < Arithmetic.BLOCK; i++) {
            dot += quants[b * Arithmetic.BLOCK + i] * integers[i];
        }
        return dot;
    }

    /** The sum of block {@code b}. */
    public int sum(int b) {
        int sum = 0;
        for (int i = 0; i < Arithmetic.BLOCK; i++) {
            sum += quants[b * Arithmetic.BLOCK + i];
        }
        return sum;
    }
}
