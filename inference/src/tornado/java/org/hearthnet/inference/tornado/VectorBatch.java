package org.hearthnet.inference.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.BlockQuantizer;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.inference.kernel.Activations;
import org.hearthnet.inference.kernel.DeviceArray;
import org.jspecify.annotations.Nullable;

/** Vectors on their way to the device, as they are or in int8: prepared on the host, once, when a matrix first asks. */
final class VectorBatch implements Activations {
    private final DeviceArray x;
    private final int rows;
    private final int columns;
    private float @Nullable [] values;
    private @Nullable List<Quants> quants;

    /**
     * A vector in int8.
     *
     * @param words [block][8], see {@link ByteWords#bytes}
     * @param scales [block][2]: the scale, and minus the sum of the block's integers as a float, which is -0 for none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Quants(int[] words, float[] scales) {}

    VectorBatch(DeviceArray x, int rows, int columns) {
        Objects.checkFromIndexSize(0, Math.multiplyExact(rows, columns), x.length());
        this.x = x;
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** Reads, checks and quantises what a matrix will ask for, so that poison is found before the device is involved. */
    void prepare(boolean quantized) {
        if (quantized) {
            quants();
        } else {
            values();
        }
    }

    /** The vectors as they are, [rows][columns]. */
    float[] values() {
        float[] known = values;
        if (known == null) {
            known = x.read(rows * columns);
            Poison.checkAll(known, 0, known.length, "activation");
            values = known;
        }
        return known;
    }

    /** The vectors in int8. */
    List<Quants> quants() {
        List<Quants> known = quants;
        if (known == null) {
            float[] all = values();
            known = new ArrayList<>(rows);
            for (int r = 0; r < rows; r++) {
                known.add(quantize(all, r * columns, columns / Arithmetic.BLOCK));
            }
            quants = known;
        }
        return known;
    }

    private static Quants quantize(float[] x, int from, int blocks) {
        int[] words = new int[blocks * MatrixKernels.BYTE_WORDS];
        float[] scales = new float[2 * blocks];
        byte[] q = new byte[Arithmetic.BLOCK];
        for (int b = 0; b < blocks; b++) {
            scales[2 * b] = BlockQuantizer.quantize(x, from + b * Arithmetic.BLOCK, q, 0);
            int sum = 0;
            for (int i = 0; i < q.length; i += 4) {
                sum += q[i] + q[i + 1] + q[i + 2] + q[i + 3];
                words[b * MatrixKernels.BYTE_WORDS + i / 4] = ByteWords.bytes(q[i], q[i + 1], q[i + 2], q[i + 3]);
            }
            scales[2 * b + 1] = -(float) sum;
        }
        return new Quants(words, scales);
    }
}
