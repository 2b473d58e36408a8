package org.hearthnet.inference.tornado;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.WeightBlock;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.DeviceMemoryException;
import org.hearthnet.inference.kernel.WeightCheck;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A tensor's weights in the {@link WeightForm} of its format. */
final class WeightPacker {
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    /** Scales of a block of Q6_K, signed bytes, one for each sixteen columns. */
    private static final int Q6_FACTORS = 192;

    private final GgufTensor tensor;
    private final WeightForm form;
    private final int length;
    private final IntArray words;
    private final FloatArray scales;

    private WeightPacker(GgufTensor tensor) {
        this.tensor = tensor;
        form = WeightForm.of(tensor.type());
        length = tensor.type().isQuantized() ? tensor.columns() / Arithmetic.BLOCK : tensor.columns();
        // Kernels index with 32 bits, and an array of TornadoVM has no more elements.
        long rows = (tensor.rows() + MatrixKernels.TILE - 1L) / MatrixKernels.TILE * MatrixKernels.TILE;
        words = new IntArray(size(tensor, Math.max(1L, rows * length * form.words())));
        scales = new FloatArray(size(tensor, rows * length * form.scales()));
    }

    /**
     * Packed weights.
     *
     * @param length blocks of a row; columns for {@link WeightForm#FLOATS}, whose weights are {@code scales}
     */
    record Packed(WeightFormat type, int rows, int columns, int length, IntArray words, FloatArray scales) {
        WeightForm form() {
            return WeightForm.of(type);
        }

        long bytes() {
            return words.getNumBytesOfSegment() + scales.getNumBytesOfSegment();
        }
    }

    /**
     * Packs all rows.
     *
     * @throws GgufException if a weight is infinite or NaN
     * @throws DeviceMemoryException if the matrix is too large for an array of TornadoVM
     */
    static Packed pack(GgufTensor tensor) throws GgufException {
        var packer = new WeightPacker(tensor);
        var failure = new AtomicReference<@Nullable GgufException>();
        IntStream.range(0, tensor.rows()).parallel().forEach(row -> {
            try {
                packer.row(row);
            } catch (GgufException e) {
                failure.compareAndSet(null, e);
            }
        });
        GgufException error = failure.get();
        if (error != null) {
            throw error;
        }
        return new Packed(tensor.type(), tensor.rows(), tensor.columns(), packer.length, packer.words, packer.scales);
    }

    private static int size(GgufTensor tensor, long elements) {
        if (elements > Integer.MAX_VALUE) {
            throw new DeviceMemoryException(tensor.name() + " needs an array of " + elements
                    + " elements, but those of TornadoVM have at most " + Integer.MAX_VALUE);
        }
        return (int) elements;
    }

    private void row(int row) throws GgufException {
        byte[] bytes = tensor.rowBytes(row);
        WeightCheck.check(tensor, row, bytes);
        if (form == WeightForm.FLOATS) {
            for (int k = 0; k < length; k++) {
                scales.set(place(k, 1, row), value(tensor.type(), bytes, k));
            }
            return;
        }
        var block = new WeightBlock();
        for (int b = 0; b < length; b++) {
            block.load(tensor.type(), bytes, b);
            scale(b, 0, row, block.scale());
            if (form.scales() == 2) {
                scale(b, 1, row, block.minimum());
            }
            words(block.integers(), bytes, b, row);
        }
    }

    /** A plain weight; fp32 holds all of them. */
    private static float value(WeightFormat format, byte[] bytes, int k) {
        return switch (format) {
            case F32 -> (float) FLOAT.get(bytes, 4 * k);
            case F16 -> Half.toFloat(Half.at(bytes, 2 * k));
            case BF16 -> Float.intBitsToFloat(Half.at(bytes, 2 * k) << 16);
            case Q8_0, Q4_0, Q4_K, Q5_K, Q6_K -> throw new IllegalArgumentException(format + " is in blocks");
        };
    }

    private void words(int[] integers, byte[] bytes, int b, int row) {
        switch (form) {
            case FLOATS -> throw new IllegalStateException("no words");
            case BYTES, BYTES_WITH_MINIMUM -> byteWords(integers, b, row);
            case NIBBLES -> {
                for (int i = 0; i < integers.length; i++) {
                    integers[i] += 8;
                }
                nibbleWords(integers, b, row);
            }
            case NIBBLES_WITH_MINIMUM -> nibbleWords(integers, b, row);
            case SCALED_BYTES -> scaledWords(integers, bytes, b, row);
        }
    }

    private void byteWords(int[] w, int b, int row) {
        for (int j = 0; j < MatrixKernels.BYTE_WORDS; j++) {
            word(b, j, row, ByteWords.bytes(w[4 * j], w[4 * j + 1], w[4 * j + 2], w[4 * j + 3]));
        }
    }

    private void nibbleWords(int[] w, int b, int row) {
        for (int j = 0; j < MatrixKernels.NIBBLE_WORDS; j++) {
            word(b, j, row, ByteWords.nibbles(w, 4 * j, Arithmetic.BLOCK / 2 + 4 * j));
        }
    }

    /** Takes the factors out of the integers again: their products do not fit into bytes. */
    private void scaledWords(int[] w, byte[] bytes, int b, int row) {
        int perBlock = tensor.type().blockElements() / Arithmetic.BLOCK;
        int at = b / perBlock * tensor.type().blockBytes() + Q6_FACTORS + 2 * (b % perBlock);
        int low = bytes[at];
        int high = bytes[at + 1];
        for (int i = 0; i < w.length; i++) {
            int factor = i < w.length / 2 ? low : high;
            w[i] = factor == 0 ? 0 : w[i] / factor;
        }
        byteWords(w, b, row);
        word(b, MatrixKernels.BYTE_WORDS, row, (low + 128) | (high + 128) << 8);
    }

    private void word(int b, int j, int row, int value) {
        words.set(place(b * form.words() + j, form.words(), row), value);
    }

    private void scale(int b, int j, int row, float value) {
        scales.set(place(b * form.scales() + j, form.scales(), row), value);
    }

    /** Place of element {@code i} of a row, of which each block has {@code perBlock}. */
    private int place(int i, int perBlock, int row) {
        int tile = row / MatrixKernels.TILE;
        return (tile * length * perBlock + i) * MatrixKernels.TILE + row % MatrixKernels.TILE;
    }
}
