package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.Philox;
import org.hearthnet.genesis.arithmetic.RopeLayout;
import org.hearthnet.genesis.arithmetic.RopeParameters;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;

/**
 * A short check of a kernel before it may serve: every operation on inputs made by {@link Philox}, against checksums
 * that are fixed here. A machine that fails computes other bits than the network and must not mine.
 */
public final class SelfCheck {
    private static final int ROWS = 40;
    private static final int COLUMNS = 160;
    private static final int BATCH = 5;
    private static final AttentionShape SHAPE = new AttentionShape(4, 2, 40);
    private static final int POSITIONS = 300;

    /** CRC-32C of the little-endian bits of each result. */
    private static final Map<String, Integer> EXPECTED = Map.of(
            "matmul F32", 0x324CB267,
            "matmul F16", 0xF0058254,
            "matmul Q8_0", 0xEB258A16,
            "norm", 0x32746543,
            "rope", 0x206D1E32,
            "attention", 0x250C836A,
            "gated", 0xC514C932,
            "add", 0xE1E70EDD);

    private final Kernel kernel;
    private int counter;

    private SelfCheck(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The operations that gave wrong bits; empty if the kernel may serve. */
    public static List<String> run(Kernel kernel) {
        var failed = new ArrayList<String>();
        checksums(kernel).forEach((operation, checksum) -> {
            if (!checksum.equals(EXPECTED.get(operation))) {
                failed.add(operation);
            }
        });
        return failed;
    }

    /** The checksum of each operation. */
    static Map<String, Integer> checksums(Kernel kernel) {
        return new SelfCheck(kernel).compute();
    }

    private Map<String, Integer> compute() {
        var results = new LinkedHashMap<String, Integer>();
        for (WeightFormat type : List.of(WeightFormat.F32, WeightFormat.F16, WeightFormat.Q8_0)) {
            results.put("matmul " + type, checksum(matmul(type)));
        }
        float[] x = floats(BATCH * COLUMNS);
        float[] out = new float[x.length];
        kernel.rmsNorm(x, BATCH, COLUMNS, floats(COLUMNS), 1e-5f, out);
        results.put("norm", checksum(out));
        kernel.rope(
                x,
                BATCH,
                SHAPE.heads(),
                SHAPE.headDim(),
                new RopeTable(RopeParameters.plain(RopeLayout.INTERLEAVED, 32, 10_000f)),
                new int[] {0, 1, 7, 99, 511});
        results.put("rope", checksum(x));
        results.put("attention", checksum(attention()));
        kernel.gated(floats(COLUMNS), floats(COLUMNS), out, COLUMNS);
        results.put("gated", checksum(out));
        kernel.add(floats(COLUMNS), floats(COLUMNS), out, COLUMNS);
        results.put("add", checksum(out));
        return results;
    }

    private float[] matmul(WeightFormat type) {
        MemorySegment data = MemorySegment.ofArray(weights(type));
        float[] out = new float[BATCH * ROWS];
        try {
            PreparedMatrix matrix = kernel.prepare(new GgufTensor("self-check", type, ROWS, COLUMNS, data));
            kernel.matmul(matrix, kernel.activations(floats(BATCH * COLUMNS), BATCH, COLUMNS), out);
        } catch (GgufException e) {
            throw new IllegalStateException(e);
        }
        return out;
    }

    private byte[] weights(WeightFormat type) {
        byte[] out = new byte[ROWS * (int) type.rowBytes(COLUMNS)];
        int step = type == WeightFormat.F32 ? 4 : 2;
        for (int i = 0; i < out.length; i += type == WeightFormat.Q8_0 ? type.blockBytes() : step) {
            switch (type) {
                case F32 -> put(out, i, Float.floatToRawIntBits(next()), 4);
                case F16 -> put(out, i, Half.round(next(), "weight"), 2);
                case Q8_0 -> {
                    put(out, i, Half.round(next() / 64, "scale"), 2);
                    for (int k = 2; k < type.blockBytes(); k++) {
                        out[i + k] = (byte) Math.round(next() * 60);
                    }
                }
                case BF16, Q4_0, Q4_K, Q5_K, Q6_K -> throw new IllegalArgumentException(type.toString());
            }
        }
        return out;
    }

    private static void put(byte[] out, int at, int value, int size) {
        for (int i = 0; i < size; i++) {
            out[at + i] = (byte) (value >> (8 * i));
        }
    }

    private float[] attention() {
        var cache = new KvLayer(SHAPE);
        cache.growTo((POSITIONS + KvLayer.PAGE - 1) / KvLayer.PAGE);
        for (int p = 0; p < POSITIONS; p++) {
            cache.store(p, floats(SHAPE.kvWidth()), floats(SHAPE.kvWidth()), 0);
        }
        float[] out = new float[2 * SHAPE.queryWidth()];
        KvLayer[] caches = {cache, cache};
        kernel.attention(SHAPE, floats(out.length), 2, caches, new int[] {20, POSITIONS - 1}, out);
        return out;
    }

    private float[] floats(int length) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = next();
        }
        return out;
    }

    /** In [-2, 2), with 24 random bits. */
    private float next() {
        return 4f * Philox.uniform(1, counter++) - 2f;
    }

    private static int checksum(float[] values) {
        var crc = new CRC32C();
        byte[] bytes = new byte[4];
        for (float value : values) {
            put(bytes, 0, Float.floatToRawIntBits(value), 4);
            crc.update(bytes);
        }
        return (int) crc.getValue();
    }
}
