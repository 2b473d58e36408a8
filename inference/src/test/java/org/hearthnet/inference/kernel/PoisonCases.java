package org.hearthnet.inference.kernel;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.genesis.arithmetic.RopeLayout;
import org.hearthnet.genesis.arithmetic.RopeParameters;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufTensor;

/** Poison in every operation, which a kernel must find. */
public final class PoisonCases {
    private PoisonCases() {}

    /** Runs all cases. */
    public static void check(Kernel kernel) throws IOException {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1e30f}) {
            poison(kernel, bad);
        }
        overflow(kernel);
    }

    private static void poison(Kernel kernel, float bad) throws IOException {
        float[] values = new float[256];
        values[37] = bad;
        float[] one = new float[256];
        java.util.Arrays.fill(one, 1f);
        DeviceArray x = kernel.allocate(values);
        DeviceArray ones = kernel.allocate(one);
        DeviceArray out = kernel.allocate(256);
        for (WeightFormat type : WeightFormat.values()) {
            PreparedMatrix matrix = kernel.prepare(Tensors.random(type, 3, 256, new java.util.Random(1)));
            poisoned(kernel, () -> kernel.matmul(matrix, kernel.activations(x, 1, 256), out));
        }
        poisoned(kernel, () -> kernel.add(x, kernel.allocate(64), out, 64));
        poisoned(kernel, () -> kernel.gated(x, ones, out, 64));
        poisoned(kernel, () -> kernel.rmsNorm(x, 1, 64, ones, 1e-5f, out));
        poisoned(kernel, () -> kernel.addBias(x, 1, ones));
        var shape = new AttentionShape(4, 2, 16);
        KvLayer[] cache = {kernel.newKvLayer(shape)};
        cache[0].growTo(1);
        kernel.store(cache, new Positions(0), ones, ones);
        values[38] = bad * 10;
        values[5] = bad;
        DeviceArray worse = kernel.allocate(values);
        poisoned(kernel, () -> kernel.attention(shape, worse, cache, new Positions(0), out));
        poisoned(kernel, () -> kernel.store(cache, new Positions(1), worse, ones));
        poisoned(kernel, () -> kernel.store(cache, new Positions(1), ones, worse));
        var table = new RopeTable(RopeParameters.plain(RopeLayout.HALVES, 16, 10_000f));
        poisoned(kernel, () -> kernel.rope(worse, 4, 16, table, new Positions(0)));
    }

    /** At once on the CPU, at the next wait on a device; and then it is over. */
    private static void poisoned(Kernel kernel, Runnable operation) {
        kernel.start();
        assertThrows(
                PoisonException.class,
                () -> {
                    operation.run();
                    kernel.finish();
                },
                kernel.name());
        kernel.start();
        kernel.finish();
    }

    private static void overflow(Kernel kernel) throws IOException {
        byte[] row = new byte[32 * 4];
        for (int i = 3; i < row.length; i += 4) {
            row[i] = 0x70;
        }
        GgufTensor huge = Tensors.of(WeightFormat.F32, 1, 32, row);
        float[] x = new float[32];
        java.util.Arrays.fill(x, 1e9f);
        PreparedMatrix matrix = kernel.prepare(huge);
        DeviceArray in = kernel.allocate(x);
        poisoned(kernel, () -> kernel.matmul(matrix, kernel.activations(in, 1, 32), kernel.allocate(1)));
    }
}
