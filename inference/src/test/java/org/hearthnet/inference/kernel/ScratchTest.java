package org.hearthnet.inference.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.junit.jupiter.api.Test;

/** Prompts take turns in the same working memory, so that they leave no garbage of megabytes behind. */
class ScratchTest {
    private static final int COLUMNS = 512;

    @Test
    void theSecondProductTakesTheMemoryOfTheFirst() {
        var scratch = new Scratch(1);
        try (WorkerPool pool = new WorkerPool(1)) {
            var large = new VectorActivations(new float[40 * COLUMNS], 40, COLUMNS, scratch);
            PackedActivations first = large.packed(pool);
            float[] sums = scratch.gemmSums(0, VectorGemm.sums(first, 4));
            var small = new VectorActivations(new float[9 * COLUMNS], 9, COLUMNS, scratch);
            PackedActivations second = small.packed(pool);
            assertSame(first.values(), second.values());
            assertSame(first.scales(), second.scales());
            assertSame(large.quantized(pool).quants(), small.quantized(pool).quants());
            assertSame(sums, scratch.gemmSums(0, VectorGemm.sums(second, 4)));
        }
    }

    /** A large batch leaves its numbers where a small one has its padding. */
    @Test
    void whatAnotherBatchLeftChangesNothing() throws IOException {
        var random = new Random(3);
        for (WeightFormat type : new WeightFormat[] {WeightFormat.Q8_0, WeightFormat.Q4_K, WeightFormat.F16}) {
            try (Kernel fresh = new VectorKernel(2);
                    Kernel used = new VectorKernel(2)) {
                var tensor = Tensors.random(type, 40, COLUMNS, random);
                float[] before = Tensors.vector(64 * COLUMNS, random);
                product(used, used.prepare(tensor), before, 64);
                float[] x = Tensors.vector(5 * COLUMNS, random);
                float[] expected = product(fresh, fresh.prepare(tensor), x, 5);
                assertArrayEquals(expected, product(used, used.prepare(tensor), x, 5));
                assertEquals(5 * 40, expected.length);
            }
        }
    }

    private static float[] product(Kernel kernel, PreparedMatrix matrix, float[] x, int rows) {
        DeviceArray out = kernel.allocate(rows * 40);
        kernel.matmul(matrix, kernel.activations(kernel.allocate(x), rows, COLUMNS), out);
        return out.read(rows * 40);
    }

    /** The query may be quantised, the key plain, the value quantised again: all of one batch. */
    @Test
    void matricesOfBothKindsTakeTurnsWithOneBatch() throws IOException {
        var random = new Random(4);
        try (Kernel kernel = new VectorKernel(2);
                Kernel reference = new ReferenceKernel()) {
            var quantized = Tensors.random(WeightFormat.Q8_0, 40, COLUMNS, random);
            var plain = Tensors.random(WeightFormat.F32, 40, COLUMNS, random);
            float[] x = Tensors.vector(6 * COLUMNS, random);
            PreparedMatrix first = kernel.prepare(quantized);
            PreparedMatrix second = kernel.prepare(plain);
            Activations batch = kernel.activations(kernel.allocate(x), 6, COLUMNS);
            DeviceArray out = kernel.allocate(6 * 40);
            kernel.matmul(first, batch, out);
            kernel.matmul(second, batch, out);
            assertArrayEquals(product(reference, reference.prepare(plain), x, 6), out.read(6 * 40));
            kernel.matmul(first, batch, out);
            assertArrayEquals(product(reference, reference.prepare(quantized), x, 6), out.read(6 * 40));
        }
    }

    @Test
    void aBatchThatLostItsMemoryIsRefused() throws IOException {
        try (Kernel kernel = new VectorKernel(1)) {
            PreparedMatrix matrix = kernel.prepare(Tensors.random(WeightFormat.Q8_0, 4, 32, new Random(1)));
            Activations old = kernel.activations(kernel.allocate(32), 1, 32);
            kernel.activations(kernel.allocate(32), 1, 32);
            DeviceArray out = kernel.allocate(4);
            assertThrows(IllegalStateException.class, () -> kernel.matmul(matrix, old, out));
        }
    }
}
