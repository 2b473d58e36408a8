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
public final class Conformance {
    private final Kernel kernel;
    private final Kernel reference = new ReferenceKernel();
    private Random random = new Random();
    private long seed;

    /** Compares {@code kernel} with the reference. */
    public Conformance(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Runs all operations for {@code rounds} seeds from {@code firstSeed}. */
    public void run(long firstSeed, int rounds) throws IOException {
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
            gather();
        }
    }

    /** An operation on some kernel; yields what is to be compared. */
    @FunctionalInterface
    private interface Operation {
        DeviceArray on(Kernel kernel) throws IOException;
    }

    private void compare(String what, Operation operation) throws IOException {
        reference.start();
        DeviceArray expected = operation.on(reference);
        kernel.start();
        DeviceArray actual = operation.on(kernel);
        same(what, expected.read(expected.length()), actual.read(actual.length()));
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
        compare("matmul " + type + " " + rows + "x" + columns + " batch " + batch, k -> {
            DeviceArray out = k.allocate(untouched);
            k.matmul(k.prepare(tensor), k.activations(k.allocate(x), batch, columns), out, from, to);
            return out;
        });
    }

    private void norm() throws IOException {
        int rows = 1 + random.nextInt(4);
        int columns = 1 + random.nextInt(300);
        float[] x = Tensors.vector(rows * columns, random);
        float[] weight = Tensors.vector(columns, random);
        boolean inPlace = random.nextBoolean();
        compare("norm " + columns, k -> {
            DeviceArray in = k.allocate(x);
            DeviceArray out = inPlace ? in : k.allocate(x.length);
            k.rmsNorm(in, rows, columns, k.allocate(weight), 1e-5f, out);
            return out;
        });
    }

    private void rope() throws IOException {
        int rows = 1 + random.nextInt(4);
        int heads = 1 + random.nextInt(4);
        int headDim = 2 * (1 + random.nextInt(40));
        var table = new RopeTable(RopeParameters.plain(
                RopeLayout.values()[random.nextInt(2)], 2 * (1 + random.nextInt(headDim / 2)), 10_000f));
        var positions = new Positions(random.ints(rows, 0, 2_000).toArray());
        float[] x = Tensors.vector(rows * heads * headDim, random);
        compare("rope", k -> {
            DeviceArray out = k.allocate(x);
            k.rope(out, heads, headDim, table, positions);
            return out;
        });
    }

    private void attention() throws IOException {
        int kvHeads = 1 + random.nextInt(3);
        int window = random.nextInt(3) == 0 ? 1 + random.nextInt(400) : 0;
        var shape = new AttentionShape(kvHeads * (1 + random.nextInt(4)), kvHeads, 1 + random.nextInt(80), window);
        int rows = 1 + random.nextInt(3);
        int length = 1 + random.nextInt(random.nextInt(3) == 0 ? 700 : 60);
        int[] at = random.ints(rows, 0, length).toArray();
        var positions = new Positions(at);
        float[] keys = Tensors.vector(rows * length * shape.kvWidth(), random);
        float[] values = Tensors.vector(rows * length * shape.kvWidth(), random);
        float[] q = Tensors.vector(rows * shape.queryWidth(), random);
        for (int i = 0; i < q.length; i++) {
            q[i] = q[i] * 0.02f;
        }
        KvLayer[] expected = caches(reference, shape, rows, length, keys, values);
        KvLayer[] actual = caches(kernel, shape, rows, length, keys, values);
        for (int r = 0; r < rows; r++) {
            sameCache("store " + shape, expected[r], actual[r], length);
        }
        compare("attention " + shape + " " + Arrays.toString(at), k -> {
            DeviceArray out = k.allocate(q.length);
            k.attention(shape, k.allocate(q), k == kernel ? actual : expected, positions, out);
            return out;
        });
    }

    /** The first positions, and some of the others. */
    private void sameCache(String what, KvLayer expected, KvLayer actual, int length) {
        for (int p = 0; p < length; p += p < 20 ? 1 : 7) {
            if (!Arrays.equals(expected.keys(p), actual.keys(p))
                    || !Arrays.equals(expected.values(p), actual.values(p))) {
                throw new AssertionError(
                        kernel.name() + " differs in " + what + " at position " + p + ", seed " + seed);
            }
        }
    }

    /** Caches of {@code rows} sequences, filled with several positions of each at a time. */
    private static KvLayer[] caches(
            Kernel kernel, AttentionShape shape, int rows, int length, float[] keys, float[] values) {
        kernel.start();
        KvLayer[] caches = new KvLayer[rows];
        KvLayer[] batch = new KvLayer[rows * length];
        int[] positions = new int[batch.length];
        for (int r = 0; r < rows; r++) {
            caches[r] = kernel.newKvLayer(shape);
            caches[r].growTo(KvLayer.pagesFor(length));
            for (int p = 0; p < length; p++) {
                batch[r * length + p] = caches[r];
                positions[r * length + p] = p;
            }
        }
        kernel.store(batch, new Positions(positions), kernel.allocate(keys), kernel.allocate(values));
        return caches;
    }

    private void gated() throws IOException {
        int length = 1 + random.nextInt(300);
        float[] gate = Tensors.vector(length, random);
        float[] up = Tensors.vector(length, random);
        compare("gated", k -> {
            DeviceArray out = k.allocate(length);
            k.gated(k.allocate(gate), k.allocate(up), out, length);
            return out;
        });
    }

    private void add() throws IOException {
        int length = 1 + random.nextInt(300);
        float[] a = Tensors.vector(length, random);
        float[] b = Tensors.vector(length, random);
        compare("add", k -> {
            DeviceArray out = k.allocate(a);
            k.add(out, k.allocate(b), out, length);
            return out;
        });
    }

    private void bias() throws IOException {
        int rows = 1 + random.nextInt(4);
        float[] bias = Tensors.vector(1 + random.nextInt(100), random);
        float[] x = Tensors.vector(rows * bias.length, random);
        compare("bias", k -> {
            DeviceArray out = k.allocate(x);
            k.addBias(out, rows, k.allocate(bias));
            return out;
        });
    }

    private void gather() throws IOException {
        int width = 1 + random.nextInt(100);
        float[] x = Tensors.vector(5 * width, random);
        int[] rows = random.ints(1 + random.nextInt(5), 0, 5).toArray();
        compare("gather", k -> {
            DeviceArray out = k.allocate(rows.length * width);
            k.gather(k.allocate(x), rows, width, out);
            return out;
        });
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
