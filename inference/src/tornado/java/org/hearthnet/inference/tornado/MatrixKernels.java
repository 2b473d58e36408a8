package org.hearthnet.inference.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What TornadoVM compiles: products of matrices with vectors, section 7 of docs/arithmetic.md. Work-item (row, vector) computes
 * one element. Block dots are sums of integers, exact in any order; the only sums of floats are those of {@link Fused}, and
 * no product is followed by a sum that is not meant to fuse.
 *
 * <p>Layouts are those of {@link WeightForm}, {@link ByteWords} and {@link VectorBatch}. Kernels are spelled out rather than
 * put together from parts: what the compiler has to inline is small, and the oldest constructs are the safest ones in a
 * compiler whose output is not at hand.
 */
final class MatrixKernels {
    /** Places in {@code call}: what may change from one execution to the next. */
    static final int ROWS = 0;

    /** Blocks of 32 columns; for weights that are not quantised, columns. */
    static final int LENGTH = 1;

    /** Vectors of this execution. */
    static final int VECTORS = 2;

    /** First row to be computed. */
    static final int FROM = 3;

    /** Row after the last to be computed. */
    static final int TO = 4;

    /** Elements of {@code call}. */
    static final int CALL = 5;

    /** Rows of a tile: those of a work-group, whose words lie beside each other. */
    static final int TILE = 64;

    /** 32-bit words of 32 bytes. */
    static final int BYTE_WORDS = 8;

    /** 32-bit words of 32 nibbles. */
    static final int NIBBLE_WORDS = 4;

    private MatrixKernels() {}

    /** {@link WeightForm#FLOATS}. */
    static void floats(KernelContext context, IntArray call, FloatArray weights, FloatArray x, FloatArray out) {
        int row = context.globalIdx;
        int vector = context.globalIdy;
        int rows = call.get(ROWS);
        int columns = call.get(LENGTH);
        if (vector < call.get(VECTORS) && row >= call.get(FROM) && row < call.get(TO)) {
            int first = row / TILE * columns * TILE + row % TILE;
            float acc = 0f;
            for (int k = 0; k < columns; k++) {
                acc = Fused.multiplyAdd(weights.get(first + k * TILE), x.get(vector * columns + k), acc);
            }
            out.set(vector * rows + row, acc);
        }
    }

    /** {@link WeightForm#BYTES}. */
    static void bytes(
            KernelContext context,
            IntArray call,
            IntArray words,
            FloatArray scales,
            IntArray x,
            FloatArray xScales,
            FloatArray out) {
        int row = context.globalIdx;
        int vector = context.globalIdy;
        int rows = call.get(ROWS);
        int blocks = call.get(LENGTH);
        if (vector < call.get(VECTORS) && row >= call.get(FROM) && row < call.get(TO)) {
            int word = row / TILE * blocks * BYTE_WORDS * TILE + row % TILE;
            int scale = row / TILE * blocks * TILE + row % TILE;
            float acc = 0f;
            for (int b = 0; b < blocks; b++) {
                int at = vector * blocks + b;
                int dot = 0;
                for (int j = 0; j < BYTE_WORDS; j++) {
                    dot += fourBytes(words.get(word + (b * BYTE_WORDS + j) * TILE), x.get(at * BYTE_WORDS + j));
                }
                float product = scales.get(scale + b * TILE) * xScales.get(2 * at);
                acc = Fused.multiplyAdd((float) dot, product, acc);
            }
            out.set(vector * rows + row, acc);
        }
    }

    /** {@link WeightForm#BYTES_WITH_MINIMUM}. */
    static void bytesWithMinimum(
            KernelContext context,
            IntArray call,
            IntArray words,
            FloatArray scales,
            IntArray x,
            FloatArray xScales,
            FloatArray out) {
        int row = context.globalIdx;
        int vector = context.globalIdy;
        int rows = call.get(ROWS);
        int blocks = call.get(LENGTH);
        if (vector < call.get(VECTORS) && row >= call.get(FROM) && row < call.get(TO)) {
            int word = row / TILE * blocks * BYTE_WORDS * TILE + row % TILE;
            int scale = row / TILE * blocks * 2 * TILE + row % TILE;
            float acc = 0f;
            for (int b = 0; b < blocks; b++) {
                int at = vector * blocks + b;
                int dot = 0;
                for (int j = 0; j < BYTE_WORDS; j++) {
                    dot += fourBytes(words.get(word + (b * BYTE_WORDS + j) * TILE), x.get(at * BYTE_WORDS + j));
                }
                float product = scales.get(scale + 2 * b * TILE) * xScales.get(2 * at);
                acc = Fused.multiplyAdd((float) dot, product, acc);
                float less = scales.get(scale + (2 * b + 1) * TILE) * xScales.get(2 * at);
                acc = Fused.multiplyAdd(xScales.get(2 * at + 1), less, acc);
            }
            out.set(vector * rows + row, acc);
        }
    }

    /** {@link WeightForm#SCALED_BYTES}. */
    static void scaledBytes(
            KernelContext context,
            IntArray call,
            IntArray words,
            FloatArray scales,
            IntArray x,
            FloatArray xScales,
            FloatArray out) {
        int row = context.globalIdx;
        int vector = context.globalIdy;
        int rows = call.get(ROWS);
        int blocks = call.get(LENGTH);
        if (vector < call.get(VECTORS) && row >= call.get(FROM) && row < call.get(TO)) {
            int word = row / TILE * blocks * (BYTE_WORDS + 1) * TILE + row % TILE;
            int scale = row / TILE * blocks * TILE + row % TILE;
            float acc = 0f;
            for (int b = 0; b < blocks; b++) {
                int at = vector * blocks + b;
                int first = b * (BYTE_WORDS + 1);
                int low = 0;
                int high = 0;
                for (int j = 0; j < BYTE_WORDS / 2; j++) {
                    low += fourBytes(words.get(word + (first + j) * TILE), x.get(at * BYTE_WORDS + j));
                    high += fourBytes(
                            words.get(word + (first + BYTE_WORDS / 2 + j) * TILE),
                            x.get(at * BYTE_WORDS + BYTE_WORDS / 2 + j));
                }
                int factors = words.get(word + (first + BYTE_WORDS) * TILE);
                int dot = low * ((factors & 255) - 128) + high * (((factors >> 8) & 255) - 128);
                float product = scales.get(scale + b * TILE) * xScales.get(2 * at);
                acc = Fused.multiplyAdd((float) dot, product, acc);
            }
            out.set(vector * rows + row, acc);
        }
    }

    /** {@link WeightForm#NIBBLES}. */
    static void nibbles(
            KernelContext context,
            IntArray call,
            IntArray words,
            FloatArray scales,
            IntArray x,
            FloatArray xScales,
            FloatArray out) {
        int row = context.globalIdx;
        int vector = context.globalIdy;
        int rows = call.get(ROWS);
        int blocks = call.get(LENGTH);
        if (vector < call.get(VECTORS) && row >= call.get(FROM) && row < call.get(TO)) {
            int word = row / TILE * blocks * NIBBLE_WORDS * TILE + row % TILE;
            int scale = row / TILE * blocks * TILE + row % TILE;
            float acc = 0f;
            for (int b = 0; b < blocks; b++) {
                int at = vector * blocks + b;
                int dot = 0;
                for (int j = 0; j < NIBBLE_WORDS; j++) {
                    int eight = words.get(word + (b * NIBBLE_WORDS + j) * TILE);
                    dot += lowNibbles(eight, x.get(at * BYTE_WORDS + j), 8);
                    dot += highNibbles(eight, x.get(at * BYTE_WORDS + NIBBLE_WORDS + j), 8);
                }
                float product = scales.get(scale + b * TILE) * xScales.get(2 * at);
                acc = Fused.multiplyAdd((float) dot, product, acc);
            }
            out.set(vector * rows + row, acc);
        }
    }

    /** {@link WeightForm#NIBBLES_WITH_MINIMUM}. */
    static void nibblesWithMinimum(
            KernelContext context,
            IntArray call,
            IntArray words,
            FloatArray scales,
            IntArray x,
            FloatArray xScales,
            FloatArray out) {
        int row = context.globalIdx;
        int vector = context.globalIdy;
        int rows = call.get(ROWS);
        int blocks = call.get(LENGTH);
        if (vector < call.get(VECTORS) && row >= call.get(FROM) && row < call.get(TO)) {
            int word = row / TILE * blocks * NIBBLE_WORDS * TILE + row % TILE;
            int scale = row / TILE * blocks * 2 * TILE + row % TILE;
            float acc = 0f;
            for (int b = 0; b < blocks; b++) {
                int at = vector * blocks + b;
                int dot = 0;
                for (int j = 0; j < NIBBLE_WORDS; j++) {
                    int eight = words.get(word + (b * NIBBLE_WORDS + j) * TILE);
                    dot += lowNibbles(eight, x.get(at * BYTE_WORDS + j), 0);
                    dot += highNibbles(eight, x.get(at * BYTE_WORDS + NIBBLE_WORDS + j), 0);
                }
                float product = scales.get(scale + 2 * b * TILE) * xScales.get(2 * at);
                acc = Fused.multiplyAdd((float) dot, product, acc);
                float less = scales.get(scale + (2 * b + 1) * TILE) * xScales.get(2 * at);
                acc = Fused.multiplyAdd(xScales.get(2 * at + 1), less, acc);
            }
            out.set(vector * rows + row, acc);
        }
    }

    /** The dot of four bytes with four, see {@link ByteWords}. */
    private static int fourBytes(int w, int x) {
        return ((w & 255) - 128) * ((x & 255) - 128)
                + (((w >> 8) & 255) - 128) * (((x >> 8) & 255) - 128)
                + (((w >> 16) & 255) - 128) * (((x >> 16) & 255) - 128)
                + (w >> 24) * (x >> 24);
    }

    /** The dot of the lower nibbles of four bytes, less {@code offset}, with four bytes. */
    private static int lowNibbles(int w, int x, int offset) {
        return ((w & 15) - offset) * ((x & 255) - 128)
                + (((w >> 8) & 15) - offset) * (((x >> 8) & 255) - 128)
                + (((w >> 16) & 15) - offset) * (((x >> 16) & 255) - 128)
                + (((w >> 24) & 15) - offset) * (x >> 24);
    }

    /** The dot of the upper nibbles of four bytes, less {@code offset}, with four bytes. */
    private static int highNibbles(int w, int x, int offset) {
        return (((w >> 4) & 15) - offset) * ((x & 255) - 128)
                + (((w >> 12) & 15) - offset) * (((x >> 8) & 255) - 128)
                + (((w >> 20) & 15) - offset) * (((x >> 16) & 255) - 128)
                + ((w >> 28) + 8 - offset) * (x >> 24);
    }
}
