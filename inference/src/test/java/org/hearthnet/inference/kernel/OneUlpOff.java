package org.hearthnet.inference.kernel;

import java.util.IdentityHashMap;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;

/**
 * A kernel whose results of one operation are off by one unit in the last place, in one element. The operation
 * {@code matmul} may be followed by a weight format: then only products with such weights are wrong.
 */
public final class OneUlpOff implements Kernel {
    private final Kernel inner;
    private final String operation;
    private final Map<PreparedMatrix, WeightFormat> formats = new IdentityHashMap<>();

    /** Damages {@code operation} of {@code inner}. */
    public OneUlpOff(Kernel inner, String operation) {
        this.inner = inner;
        this.operation = operation;
    }

    private void damage(String name, DeviceArray out, int index) {
        if (operation.equals(name)) {
            float[] one = new float[1];
            out.read(index, one, 0, 1);
            one[0] = Math.nextUp(one[0]);
            out.write(index, one, 0, 1);
        }
    }

    @Override
    public String name() {
        return inner.name() + " with an error";
    }

    @Override
    public int rowTile() {
        return inner.rowTile();
    }

    @Override
    public PreparedMatrix prepare(GgufTensor tensor) throws GgufException {
        PreparedMatrix matrix = inner.prepare(tensor);
        formats.put(matrix, tensor.type());
        return matrix;
    }

    @Override
    public DeviceArray allocate(int length) {
        return inner.allocate(length);
    }

    @Override
    public KvLayer newKvLayer(AttentionShape shape) {
        return inner.newKvLayer(shape);
    }

    @Override
    public void start() {
        inner.start();
    }

    @Override
    public void finish() {
        inner.finish();
    }

    @Override
    public Activations activations(DeviceArray x, int rows, int columns) {
        return inner.activations(x, rows, columns);
    }

    @Override
    public void matmul(PreparedMatrix weights, Activations x, DeviceArray out, int fromRow, int toRow) {
        inner.matmul(weights, x, out, fromRow, toRow);
        damage("matmul", out, toRow - 1);
        damage("matmul " + formats.get(weights), out, toRow - 1);
    }

    @Override
    public void rmsNorm(DeviceArray x, int rows, int columns, DeviceArray weight, float epsilon, DeviceArray out) {
        inner.rmsNorm(x, rows, columns, weight, epsilon, out);
        damage("norm", out, 0);
    }

    @Override
    public void rope(DeviceArray x, int heads, int headDim, RopeTable table, Positions positions) {
        inner.rope(x, heads, headDim, table, positions);
        damage("rope", x, 0);
    }

    /** The smallest error that fp16 rounding does not hide. */
    @Override
    public void store(KvLayer[] caches, Positions positions, DeviceArray keys, DeviceArray values) {
        if (operation.equals("store")) {
            float[] one = keys.read(1);
            one[0] = Half.toFloat((short) (Half.round(one[0], "key") ^ 1));
            keys.write(0, one, 0, 1);
        }
        inner.store(caches, positions, keys, values);
    }

    @Override
    public void attention(AttentionShape shape, DeviceArray q, KvLayer[] caches, Positions positions, DeviceArray out) {
        inner.attention(shape, q, caches, positions, out);
        damage("attention", out, 0);
    }

    @Override
    public void gated(DeviceArray gate, DeviceArray up, DeviceArray out, int length) {
        inner.gated(gate, up, out, length);
        damage("gated", out, 0);
    }

    @Override
    public void add(DeviceArray a, DeviceArray b, DeviceArray out, int length) {
        inner.add(a, b, out, length);
        damage("add", out, length - 1);
    }

    @Override
    public void addBias(DeviceArray x, int rows, DeviceArray bias) {
        inner.addBias(x, rows, bias);
        damage("bias", x, rows * bias.length() - 1);
    }

    @Override
    public void gather(DeviceArray x, int[] rows, int width, DeviceArray out) {
        inner.gather(x, rows, width, out);
        damage("gather", out, 0);
    }

    @Override
    public void close() {
        inner.close();
    }
}
