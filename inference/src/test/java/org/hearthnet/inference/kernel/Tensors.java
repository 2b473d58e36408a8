package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomWeights;
import org.hearthnet.inference.gguf.GgufTensor;

/** Random tensors and vectors, with the values that break kernels mixed in. */
public final class Tensors {
    private Tensors() {}

    public static GgufTensor random(WeightFormat type, int rows, int columns, Random random) {
        byte[] data = new byte[rows * (int) type.rowBytes(columns)];
        for (int row = 0; row < rows; row++) {
            byte[] bytes = RandomWeights.row(type, columns, random, 0.1f + random.nextFloat());
            System.arraycopy(bytes, 0, data, row * bytes.length, bytes.length);
        }
        return of(type, rows, columns, data);
    }

    public static GgufTensor of(WeightFormat type, int rows, int columns, byte[] data) {
        return new GgufTensor("random", type, rows, columns, MemorySegment.ofArray(data));
    }

    /** Values of very different magnitude, blocks of zeros, signed zeros and subnormals. */
    public static float[] vector(int length, Random random) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-3, 3)));
            switch (random.nextInt(40)) {
                case 0 -> out[i] = 0f;
                case 1 -> out[i] = -0f;
                case 2 -> out[i] = Float.MIN_VALUE * random.nextInt(1000);
                case 3 -> out[i] = Math.round(out[i]) + 0.5f;
                default -> {}
            }
        }
        for (int block = 0; block + 32 <= length; block += 32) {
            float factor = switch (random.nextInt(12)) {
                case 0 -> 0f;
                case 1 -> 1e-36f;
                case 2 -> 1e-42f;
                default -> 1f;
            };
            for (int i = block; i < block + 32; i++) {
                out[i] *= factor;
            }
        }
        return out;
    }
}
