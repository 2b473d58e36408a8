package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * One block of 32 columns of a unit of rows, turned into floats for {@link VectorGemm}: the integers of
 * {@code genesis.arithmetic.WeightBlock} with its scales and minimums, or plain weights. For one thread.
 */
final class WeightUnit {
    /** Rows of a unit: two vectors. */
    static final int ROWS = 2 * Lanes.WIDTH;

    private static final int HALF = Arithmetic.BLOCK / 2;

    private final VectorMatrix matrix;
    /** [32][ROWS] weights or integers. */
    final float[] weights = new float[Arithmetic.BLOCK * ROWS];
    /** [ROWS] scales. */
    final float[] scales = new float[ROWS];
    /** [ROWS] minimums. */
    final float[] minimums = new float[ROWS];

    WeightUnit(VectorMatrix matrix) {
        this.matrix = matrix;
    }

    /** Loads block {@code b} of the rows from {@code row} on; where there are no such rows, of any others. */
    void load(int row, int b) {
        half(row, b, 0);
        half(row + Lanes.WIDTH, b, Lanes.WIDTH);
    }

    private void half(int row, int b, int to) {
        int tile = Math.min(row / TileLayout.ROWS, matrix.tiles() - 1);
        int lane = row % TileLayout.ROWS;
        long at = tile * matrix.tileBytes();
        long header = at + matrix.layout().header(b);
        long block = at + matrix.layout().block(b);
        // A method for each, because the compiler stops to inline where one has grown long.
        switch (matrix.type()) {
            case F32, F16, BF16 -> plain(at, b, lane, to);
            case Q8_0 -> bytes(block, lane, to);
            case Q4_0 -> fourBits(block, lane, to);
            case Q4_K -> fourBits(header, block, lane, to);
            case Q5_K -> fiveBits(header, block, lane, to);
            case Q6_K -> sixBits(header, block, lane, to);
        }
    }

    /** Where block {@code b} of the rows from {@code row} on starts, a multiple of 16; if there are none, another's. */
    long block(int row, int b) {
        int tile = Math.min(row / TileLayout.ROWS, matrix.tiles() - 1);
        return tile * matrix.tileBytes() + matrix.layout().block(b);
    }

    private void bytes(long block, int lane, int to) {
        MemorySegment w = matrix.data();
        TileReader.halves(w, block + TileLayout.Q8_SCALES, lane).intoArray(scales, to);
        for (int k = 0; k < Arithmetic.BLOCK; k++) {
            put(TileReader.bytes(w, block + k * TileLayout.ROWS, lane), k, to);
        }
    }

    private void fourBits(long block, int lane, int to) {
        TileReader.halves(matrix.data(), block + TileLayout.NIBBLES, lane).intoArray(scales, to);
        nibbles(block, lane, to, 8);
    }

    private void fourBits(long header, long block, int lane, int to) {
        scales(header, block + TileLayout.Q4_SCALES, lane, to);
        nibbles(block, lane, to, 0);
    }

    private void plain(long tile, int b, int lane, int to) {
        MemorySegment w = matrix.data();
        int first = b * Arithmetic.BLOCK;
        int count = Math.min(Arithmetic.BLOCK, matrix.columns() - first);
        for (int k = 0; k < count; k++) {
            long column = (long) (first + k) * TileLayout.ROWS;
            FloatVector v = switch (matrix.type()) {
                case F32 -> TileReader.floats(w, tile + column * 4, lane);
                case F16 -> TileReader.halves(w, tile + column * 2, lane);
                default -> TileReader.upperHalves(w, tile + column * 2, lane);
            };
            v.intoArray(weights, k * ROWS + to);
        }
    }

    /** Nibbles less {@code offset}. */
    private void nibbles(long block, int lane, int to, int offset) {
        for (int j = 0; j < TileLayout.NIBBLE_WORDS; j++) {
            IntVector word = TileReader.words(matrix.data(), block + j * TileLayout.WORD, lane);
            for (int i = 0; i < 4; i++) {
                put(word.lanewise(VectorOperators.LSHR, 8 * i).and(15).sub(offset), 4 * j + i, to);
                put(word.lanewise(VectorOperators.LSHR, 8 * i + 4).and(15).sub(offset), 4 * j + i + HALF, to);
            }
        }
    }

    private void fiveBits(long header, long block, int lane, int to) {
        IntVector fifth = TileReader.words(matrix.data(), block + TileLayout.NIBBLES, lane);
        for (int j = 0; j < TileLayout.NIBBLE_WORDS; j++) {
            IntVector word = TileReader.words(matrix.data(), block + j * TileLayout.WORD, lane);
            for (int i = 0; i < 4; i++) {
                int k = 4 * j + i;
                IntVector low = fifth.lanewise(VectorOperators.LSHR, k).and(1).lanewise(VectorOperators.LSHL, 4);
                IntVector high =
                        fifth.lanewise(VectorOperators.LSHR, k + HALF).and(1).lanewise(VectorOperators.LSHL, 4);
                put(word.lanewise(VectorOperators.LSHR, 8 * i).and(15).or(low), k, to);
                put(word.lanewise(VectorOperators.LSHR, 8 * i + 4).and(15).or(high), k + HALF, to);
            }
        }
        scales(header, block + TileLayout.Q5_SCALES, lane, to);
    }

    private void sixBits(long header, long block, int lane, int to) {
        MemorySegment w = matrix.data();
        IntVector lowBits = TileReader.words(w, block + TileLayout.NIBBLES, lane);
        IntVector highBits = TileReader.words(w, block + TileLayout.NIBBLES + TileLayout.WORD, lane);
        FloatVector lowScale = TileReader.real(TileReader.bytes(w, block + TileLayout.Q6_SCALES, lane));
        FloatVector highScale =
                TileReader.real(TileReader.bytes(w, block + TileLayout.Q6_SCALES + TileLayout.ROWS, lane));
        for (int j = 0; j < TileLayout.NIBBLE_WORDS; j++) {
            IntVector word = TileReader.words(w, block + j * TileLayout.WORD, lane);
            for (int i = 0; i < 4; i++) {
                int k = 4 * j + i;
                IntVector low =
                        lowBits.lanewise(VectorOperators.LSHR, 2 * k).and(3).lanewise(VectorOperators.LSHL, 4);
                IntVector high =
                        highBits.lanewise(VectorOperators.LSHR, 2 * k).and(3).lanewise(VectorOperators.LSHL, 4);
                IntVector first =
                        word.lanewise(VectorOperators.LSHR, 8 * i).and(15).or(low);
                IntVector second =
                        word.lanewise(VectorOperators.LSHR, 8 * i + 4).and(15).or(high);
                TileReader.real(first.sub(32)).mul(lowScale).intoArray(weights, k * ROWS + to);
                TileReader.real(second.sub(32)).mul(highScale).intoArray(weights, (k + HALF) * ROWS + to);
            }
        }
        TileReader.halves(w, header, lane).intoArray(scales, to);
    }

    /** d times the scales and dmin times the minimums, both exact. */
    private void scales(long header, long parts, int lane, int to) {
        MemorySegment w = matrix.data();
        TileReader.halves(w, header, lane)
                .mul(TileReader.real(TileReader.bytes(w, parts, lane)))
                .intoArray(scales, to);
        TileReader.halves(w, header + TileLayout.DMIN, lane)
                .mul(TileReader.real(TileReader.bytes(w, parts + TileLayout.ROWS, lane)))
                .intoArray(minimums, to);
    }

    private void put(IntVector v, int k, int to) {
        TileReader.real(v).intoArray(weights, k * ROWS + to);
    }
}
