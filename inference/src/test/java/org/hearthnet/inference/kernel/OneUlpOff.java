package org.hearthnet.inference.kernel;

import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;

/** A kernel whose results of one operation are off by one unit in the last place, in one element. */
final class OneUlpOff implements Kernel {
    private final Kernel inner;
    private final String operation;

    OneUlpOff(Kernel inner, String operation) {
        this.inner = inner;
        this.operation = operation;
    }

    private void damage(String name, float[] out, int index) {
        if (operation.equals(name)) {
            out[index] = Math.nextUp(out[index]);
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
        return inner.prepare(tensor);
    }

    @Override
    public Activations activations(float[] x, int rows, int columns) {
        return inner.activations(x, rows, columns);
    }

    @Override
    public void matmul(PreparedMatrix weights, Activations x, float[] out, int fromRow, int toRow) {
        inner.matmul(weights, x, out, fromRow, toRow);
        damage("matmul", out, toRow - 1);
    }

    @Override
    public void rmsNorm(float[] x, int rows, int columns, float[] weight, float epsilon, float[] out) {
        inner.rmsNorm(x, rows, columns, weight, epsilon, out);
        damage("norm", out, 0);
    }

    @Override
    public void rope(float[] x, int rows, int heads, int headDim, RopeTable table, int[] positions) {
        inner.rope(x, rows, heads, headDim, table, positions);
        damage("rope", x, 0);
    }

    @Override
    public void attention(AttentionShape shape, float[] q, int rows, KvLayer[] caches, int[] positions, float[] out) {
        inner.attention(shape, q, rows, caches, positions, out);
        damage("attention", out, 0);
    }

    @Override
    public void gated(float[] gate, float[] up, float[] out, int length) {
        inner.gated(gate, up, out, length);
        damage("gated", out, 0);
    }

    @Override
    public void add(float[] a, float[] b, float[] out, int length) {
        inner.add(a, b, out, length);
        damage("add", out, length - 1);
    }

    @Override
    public void addBias(float[] x, int rows, float[] bias) {
        inner.addBias(x, rows, bias);
        damage("bias", x, rows * bias.length - 1);
    }

    @Override
    public void close() {
        inner.close();
    }
}
