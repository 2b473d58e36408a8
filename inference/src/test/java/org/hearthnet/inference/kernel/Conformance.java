package org.hearthnet.inference.kernel;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.RopeLayout;
import org.hearthnet.genesis.arithmetic.RopeParameters;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufTensor;

/**
 * Random cases of every operation, computed by a kernel and by the reference: all bits must be equal. Throws {@link
 * AssertionError} that names the operation and the seed.
 */
final class Conformance {
    private final Kernel kernel;
    private final Kernel reference = new ReferenceKernel();
    private Random random = new Random();
    private long seed;

    Conformance(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Runs all operations for {@code rounds} seeds from {@code firstSeed}. */
    void run(long firstSeed, int rounds) throws IOException {
        for (seed = firstSeed; seed < firstSeed + rounds; seed++) {
            random = new Random(seed);
            for (WeightFormat type : WeightFormat.values()) {
                matmul(type);
            }
            norm();
            rope();
            attention();
            gated();
            add();
            bias();
        }
    }

    private void matmul(WeightFormat type) throws IOException {
        int rows = 1 + random.nextInt(70);
        int columns = type.blockElements() == 1
                ? 1 + random.nextInt(300)
                : type.blockElements() * (1 + random.nextInt(type.blockElements() == 32 ? 9 : 3));
        int batch = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 7);
        GgufTensor tensor = Tensors.random(type, rows, columns, random);
        float[] x = Tensors.vector(batch * columns, random);
        int from = random.nextInt(rows);
        int to = from + 1 + random.nextInt(rows - from);
        float[] untouched = Tensors.vector(batch * rows, random);
        float[] expected = untouched.clone();
        float[] actual = untouched.clone();
        reference.matmul(reference.prepare(tensor), reference.activations(x, batch, columns), expected, from, to);
        kernel.matmul(kernel.prepare(tensor), kernel.activations(x, batch, columns), actual, from, to);
        same("matmul " + type + " " + rows + "x" + columns + " batch " + batch, expected, actual);
    }

    private void norm() {
        int rows = 1 + random.nextInt(4);
        int columns = 1 + random.nextInt(300);
        float[] x = Tensors.vector(rows * columns, random);
        float[] weight = Tensors.vector(columns, random);
        float[] expected = new float[x.length];
        float[] actual = new float[x.length];
        reference.rmsNorm(x, rows, columns, weight, 1e-5f, expected);
        kernel.rmsNorm(x, rows, columns, weight, 1e-5f, actual);
        same("norm " + columns, expected, actual);
    }

    private void rope() {
        int rows = 1 + random.nextInt(4);
        int heads = 1 + random.nextInt(4);
        int headDim = 2 * (1 + random.nextInt(40));
        var table = new RopeTable(RopeParameters.plain(
                RopeLayout.values()[random.nextInt(2)], 2 * (1 + random.nextInt(headDim / 2)), 10_000f));
        int[] positions = random.ints(rows, 0, 2_000).toArray();
        float[] expected = Tensors.vector(rows * heads * headDim, random);
        float[] actual = expected.clone();
        reference.rope(expected, rows, heads, headDim, table, positions);
        kernel.rope(actual, rows, heads, headDim, table, positions);
        same("rope", expected, actual);
    }

    private void attention() {
        int kvHeads = 1 + random.nextInt(3);
        int window = random.nextInt(3) == 0 ? 1 + random.nextInt(400) : 0;
        var shape = new AttentionShape(kvHeads * (1 + random.nextInt(4)), kvHeads, 1 + random.nextInt(80), window);
        int rows = 1 + random.nextInt(3);
        int length = 1 + random.nextInt(random.nextInt(3) == 0 ? 700 : 60);
        KvLayer[] caches = new KvLayer[rows];
        int[] positions = new int[rows];
        for (int r = 0; r < rows; r++) {
            caches[r] = cache(shape, length);
            positions[r] = random.nextInt(length);
        }
        float[] q = Tensors.vector(rows * shape.queryWidth(), random);
        for (int i = 0; i < q.length; i++) {
            q[i] = q[i] * 0.02f;
        }
        float[] expected = new float[q.length];
        float[] actual = new float[q.length];
        reference.attention(shape, q, rows, caches, positions, expected);
        kernel.attention(shape, q, rows, caches, positions, actual);
        same("attention " + shape + " " + Arrays.toString(positions), expected, actual);
    }

    private KvLayer cache(AttentionShape shape, int length) {
        var cache = new KvLayer(shape);
        cache.growTo((length + KvLayer.PAGE - 1) / KvLayer.PAGE);
        for (int p = 0; p < length; p++) {
            cache.store(p, Tensors.vector(shape.kvWidth(), random), Tensors.vector(shape.kvWidth(), random), 0);
        }
        return cache;
    }

    private void gated() {
        int length = 1 + random.nextInt(300);
        float[] gate = Tensors.vector(length, random);
        float[] up = Tensors.vector(length, random);
        float[] expected = new float[length];
        float[] actual = new float[length];
        reference.gated(gate, up, expected, length);
        kernel.gated(gate, up, actual, length);
        same("gated", expected, actual);
    }

    private void add() {
        int length = 1 + random.nextInt(300);
        float[] a = Tensors.vector(length, random);
        float[] b = Tensors.vector(length, random);
        float[] expected = new float[length];
        reference.add(a, b, expected, length);
        kernel.add(a, b, a, length);
        same("add", expected, a);
    }

    private void bias() {
        int rows = 1 + random.nextInt(4);
        float[] bias = Tensors.vector(1 + random.nextInt(100), random);
        float[] expected = Tensors.vector(rows * bias.length, random);
        float[] actual = expected.clone();
        reference.addBias(expected, rows, bias);
        kernel.addBias(actual, rows, bias);
        same("bias", expected, actual);
    }

    private void same(String what, float[] expected, float[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(actual[i])) {
                throw new AssertionError(kernel.name() + " differs in " + what + " at " + i + ", seed " + seed
                        + ": expected " + expected[i] + ", got " + actual[i]);
            }
        }
    }
}
