package org.hearthnet.inference.kernel;

import java.util.Arrays;
import org.hearthnet.genesis.arithmetic.Attention;
import org.hearthnet.genesis.arithmetic.Elementwise;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.MatrixRow;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.arithmetic.QuantizedVector;
import org.hearthnet.genesis.arithmetic.RmsNorm;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;
import org.jspecify.annotations.Nullable;

/** The oracle: every operation by the scalar definitions of {@code genesis.arithmetic}, on one thread. */
public final class ReferenceKernel implements Kernel {
    /** Rows as in the file. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Rows(WeightFormat type, int columns, byte[][] data) implements PreparedMatrix {
        @Override
        public int rows() {
            return data.length;
        }

        @Override
        public long bytes() {
            return (long) data.length * data[0].length;
        }
    }

    private static final class Vectors implements Activations {
        private final float[] x;
        private final int rows;
        private final int columns;
        private QuantizedVector @Nullable [] quantized;

        Vectors(float[] x, int rows, int columns) {
            this.x = x;
            this.rows = rows;
            this.columns = columns;
            Poison.checkAll(x, 0, rows * columns, "activation");
        }

        float[] row(int row) {
            return Arrays.copyOfRange(x, row * columns, (row + 1) * columns);
        }

        QuantizedVector quantized(int row) {
            QuantizedVector[] known = quantized;
            if (known == null) {
                known = new QuantizedVector[rows];
                for (int r = 0; r < rows; r++) {
                    known[r] = QuantizedVector.of(x, r * columns, columns);
                }
                quantized = known;
            }
            return known[row];
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public int columns() {
            return columns;
        }
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int rowTile() {
        return 1;
    }

    @Override
    public PreparedMatrix prepare(GgufTensor tensor) throws GgufException {
        byte[][] data = new byte[tensor.rows()][];
        for (int row = 0; row < data.length; row++) {
            data[row] = tensor.rowBytes(row);
            WeightCheck.check(tensor, row, data[row]);
        }
        return new Rows(tensor.type(), tensor.columns(), data);
    }

    @Override
    public DeviceArray allocate(int length) {
        return new HeapArray(length);
    }

    @Override
    public KvLayer newKvLayer(AttentionShape shape) {
        return new HeapKvLayer(shape, new HeapKvPages(shape));
    }

    @Override
    public Activations activations(DeviceArray x, int rows, int columns) {
        return new Vectors(HeapArray.values(x), rows, columns);
    }

    @Override
    public void matmul(PreparedMatrix weights, Activations x, DeviceArray out, int fromRow, int toRow) {
        float[] to = HeapArray.values(out);
        Rows matrix = (Rows) weights;
        Vectors vectors = (Vectors) x;
        for (int r = 0; r < vectors.rows(); r++) {
            float[] row = vectors.row(r);
            for (int i = fromRow; i < toRow; i++) {
                byte[] bytes = matrix.data()[i];
                to[r * matrix.rows() + i] = matrix.type().isQuantized()
                        ? MatrixRow.quantized(matrix.type(), vectors.quantized(r), bytes)
                        : MatrixRow.apply(matrix.type(), row, bytes);
            }
        }
    }

    @Override
    public void rmsNorm(DeviceArray x, int rows, int columns, DeviceArray weight, float epsilon, DeviceArray out) {
        float[] from = HeapArray.values(x);
        float[] weights = HeapArray.values(weight);
        float[] to = HeapArray.values(out);
        for (int r = 0; r < rows; r++) {
            RmsNorm.apply(from, r * columns, columns, weights, epsilon, to, r * columns);
        }
    }

    @Override
    public void rope(DeviceArray x, int heads, int headDim, RopeTable table, Positions positions) {
        RopeLoop.apply(HeapArray.values(x), heads, headDim, table, positions);
    }

    @Override
    public void store(KvLayer[] caches, Positions positions, DeviceArray keys, DeviceArray values) {
        HeapKvLayer.storeAll(caches, positions, keys, values);
    }

    @Override
    public void attention(AttentionShape shape, DeviceArray q, KvLayer[] caches, Positions positions, DeviceArray out) {
        float[] queries = HeapArray.values(q);
        float[] to = HeapArray.values(out);
        for (int r = 0; r < positions.count(); r++) {
            HeapKvLayer cache = (HeapKvLayer) caches[r];
            int position = positions.at(r);
            for (int head = 0; head < shape.heads(); head++) {
                int at = r * shape.queryWidth() + head * shape.headDim();
                float[] weights = weights(shape, queries, at, head, cache, position);
                for (int d = 0; d < shape.headDim(); d++) {
                    to[at + d] = Attention.mix(weights, column(shape.kvHead(head), d, cache, position));
                }
            }
        }
    }

    private static float[] weights(
            AttentionShape shape, float[] q, int offset, int head, HeapKvLayer cache, int position) {
        float[] query = Arrays.copyOfRange(q, offset, offset + shape.headDim());
        float[] scores = new float[position + 1];
        float[] key = new float[shape.headDim()];
        for (int p = shape.first(position); p <= position; p++) {
            for (int d = 0; d < key.length; d++) {
                int index = cache.keyIndex(shape.kvHead(head), p, d);
                key[d] = Half.toFloat(cache.keyPage(p / KvLayer.PAGE)[index]);
            }
            scores[p] = Attention.score(query, key, shape.scale());
        }
        Attention.weights(scores, 0, scores.length, shape.first(position));
        return scores;
    }

    private static float[] column(int kvHead, int d, HeapKvLayer cache, int position) {
        float[] out = new float[position + 1];
        for (int p = 0; p <= position; p++) {
            out[p] = Half.toFloat(cache.valuePage(p / KvLayer.PAGE)[cache.valueIndex(kvHead, p) + d]);
        }
        return out;
    }

    @Override
    public void gated(DeviceArray gate, DeviceArray up, DeviceArray out, int length) {
        float[] gates = HeapArray.values(gate);
        float[] factors = HeapArray.values(up);
        float[] to = HeapArray.values(out);
        for (int i = 0; i < length; i++) {
            to[i] = Elementwise.gated(gates[i], factors[i]);
        }
    }

    @Override
    public void add(DeviceArray a, DeviceArray b, DeviceArray out, int length) {
        float[] left = HeapArray.values(a);
        float[] right = HeapArray.values(b);
        float[] to = HeapArray.values(out);
        for (int i = 0; i < length; i++) {
            to[i] = Elementwise.residual(left[i], right[i]);
        }
    }

    @Override
    public void addBias(DeviceArray x, int rows, DeviceArray bias) {
        float[] to = HeapArray.values(x);
        float[] biases = HeapArray.values(bias);
        for (int i = 0; i < rows * biases.length; i++) {
            to[i] = Elementwise.residual(to[i], biases[i % biases.length]);
        }
    }

    @Override
    public void gather(DeviceArray x, int[] rows, int width, DeviceArray out) {
        HeapArray.gather(x, rows, width, out);
    }

    @Override
    public void close() {}
}
