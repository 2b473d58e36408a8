package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.Philox;
import org.hearthnet.genesis.arithmetic.PoisonException;
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
    /** Decoding, few and many vectors: kernels have a way of its own for each. */
    private static final int[] BATCHES = {1, 3, 5, 13};

    private static final AttentionShape SHAPE = new AttentionShape(4, 2, 40);
    private static final AttentionShape WINDOWED = new AttentionShape(4, 2, 40, 17);
    private static final int POSITIONS = 300;

    /** CRC-32C of the little-endian bits of each result. */
    private static final Map<String, Integer> EXPECTED = Map.ofEntries(
            Map.entry("matmul F32", 0xA28D67E2),
            Map.entry("matmul F16", 0xD20E2B62),
            Map.entry("matmul BF16", 0x5B4B5D2C),
            Map.entry("matmul Q8_0", 0xB66BA4AB),
            Map.entry("matmul Q4_0", 0x76C5B683),
            Map.entry("matmul Q4_K", 0x4DA30DEA),
            Map.entry("matmul Q5_K", 0x40EFD2EC),
            Map.entry("matmul Q6_K", 0x49D60845),
            Map.entry("norm", 0xA063187A),
            Map.entry("rope", 0x8AB7E578),
            Map.entry("attention", 0x4ECA8134),
            Map.entry("gated", 0x5968B8B6),
            Map.entry("add", 0x3B45CC73),
            Map.entry("bias", 0xAF0B5810));

    private final Kernel kernel;
    private int counter;

    private SelfCheck(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The operations that gave wrong bits; empty if the kernel may serve. */
    public static List<String> run(Kernel kernel) {
        var failed = new ArrayList<String>();
        outcomes(kernel).forEach((operation, right) -> {
            if (!right) {
                failed.add(operation);
            }
        });
        return failed;
    }

    /** All operations in the order of their checks, and whether they gave the right bits. */
    public static Map<String, Boolean> outcomes(Kernel kernel) {
        var outcomes = new LinkedHashMap<String, Boolean>();
        checksums(kernel)
                .forEach((operation, checksum) -> outcomes.put(operation, checksum.equals(EXPECTED.get(operation))));
        return outcomes;
    }

    /** The checksum of each operation. */
    static Map<String, Integer> checksums(Kernel kernel) {
        return new SelfCheck(kernel).compute();
    }

    private Map<String, Integer> compute() {
        var results = new LinkedHashMap<String, Integer>();
        for (WeightFormat type : WeightFormat.values()) {
            results.put("matmul " + type, checksum(() -> matmul(type)));
        }
        results.put("norm", checksum(() -> List.of(norm())));
        results.put("rope", checksum(this::rope));
        results.put("attention", checksum(this::attention));
        results.put("gated", checksum(() -> List.of(elementwise(kernel::gated))));
        results.put("add", checksum(() -> List.of(elementwise(kernel::add))));
        results.put("bias", checksum(() -> List.of(bias())));
        return results;
    }

    private DeviceArray norm() {
        DeviceArray x = floats(BATCH * COLUMNS);
        DeviceArray out = kernel.allocate(x.length());
        kernel.rmsNorm(x, BATCH, COLUMNS, floats(COLUMNS), 1e-5f, out);
        return out;
    }

    private DeviceArray bias() {
        DeviceArray x = floats(BATCH * COLUMNS);
        kernel.addBias(x, BATCH, floats(COLUMNS));
        return x;
    }

    private List<DeviceArray> rope() {
        var results = new ArrayList<DeviceArray>();
        for (RopeLayout layout : RopeLayout.values()) {
            DeviceArray x = floats(BATCH * SHAPE.queryWidth());
            var table = new RopeTable(RopeParameters.plain(layout, 32, 10_000f));
            kernel.rope(x, SHAPE.heads(), SHAPE.headDim(), table, new Positions(0, 1, 7, 99, 511));
            results.add(x);
        }
        return results;
    }

    @FunctionalInterface
    private interface Elementwise {
        void apply(DeviceArray a, DeviceArray b, DeviceArray out, int length);
    }

    private DeviceArray elementwise(Elementwise operation) {
        DeviceArray out = kernel.allocate(COLUMNS);
        operation.apply(floats(COLUMNS), floats(COLUMNS), out, COLUMNS);
        return out;
    }

    private List<DeviceArray> matmul(WeightFormat type) {
        int columns = type.blockElements() > 32 ? 2 * type.blockElements() : COLUMNS;
        MemorySegment data = MemorySegment.ofArray(weights(type, columns));
        var results = new ArrayList<DeviceArray>();
        try {
            PreparedMatrix matrix = kernel.prepare(new GgufTensor("self-check", type, ROWS, columns, data));
            for (int batch : BATCHES) {
                DeviceArray out = kernel.allocate(batch * ROWS);
                kernel.matmul(matrix, kernel.activations(floats(batch * columns), batch, columns), out);
                results.add(out);
            }
        } catch (GgufException e) {
            throw new IllegalStateException(e);
        }
        return results;
    }

    private byte[] weights(WeightFormat type, int columns) {
        byte[] out = new byte[ROWS * (int) type.rowBytes(columns)];
        for (int i = 0; i < out.length; i += type.blockBytes()) {
            switch (type) {
                case F32 -> put(out, i, Float.floatToRawIntBits(next()), 4);
                case F16 -> put(out, i, Half.round(next(), "weight"), 2);
                case BF16 -> put(out, i, Float.floatToRawIntBits(next()) >> 16, 2);
                case Q8_0 -> {
                    put(out, i, Half.round(next() / 64, "scale"), 2);
                    for (int k = 2; k < type.blockBytes(); k++) {
                        out[i + k] = (byte) Math.round(next() * 60);
                    }
                }
                case Q4_0, Q4_K, Q5_K, Q6_K -> anyBits(type, out, i);
            }
        }
        return out;
    }

    /** Any bits are weights, but for the fp16 scales, which must be finite. */
    private void anyBits(WeightFormat type, byte[] out, int at) {
        for (int k = 0; k < type.blockBytes(); k++) {
            out[at + k] = (byte) Math.round(next() * 64);
        }
        short scale = Half.round(next() / 256, "scale");
        put(out, type == WeightFormat.Q6_K ? at + 208 : at, scale, 2);
        if (type.hasMinimum()) {
            put(out, at + 2, Half.round(next() / 32, "scale"), 2);
        }
    }

    private static void put(byte[] out, int at, int value, int size) {
        for (int i = 0; i < size; i++) {
            out[at + i] = (byte) (value >> (8 * i));
        }
    }

    private List<DeviceArray> attention() {
        return List.of(attention(SHAPE), attention(WINDOWED));
    }

    private DeviceArray attention(AttentionShape shape) {
        KvLayer cache = kernel.newKvLayer(shape);
        cache.growTo(KvLayer.pagesFor(POSITIONS));
        for (int p = 0; p < POSITIONS; p++) {
            DeviceArray keys = floats(SHAPE.kvWidth());
            kernel.store(new KvLayer[] {cache}, new Positions(p), keys, floats(SHAPE.kvWidth()));
        }
        DeviceArray out = kernel.allocate(2 * SHAPE.queryWidth());
        KvLayer[] caches = {cache, cache};
        kernel.attention(shape, floats(out.length()), caches, new Positions(20, POSITIONS - 1), out);
        return out;
    }

    private DeviceArray floats(int length) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = next();
        }
        return kernel.allocate(out);
    }

    /** In [-2, 2), with 24 random bits. */
    private float next() {
        return 4f * Philox.uniform(1, counter++) - 2f;
    }

    /** Every operation starts from the same numbers, so that its checksum does not depend on what was run before. */
    private int checksum(Supplier<List<DeviceArray>> operation) {
        counter = 0;
        kernel.start();
        var crc = new CRC32C();
        byte[] bytes = new byte[4];
        try {
            for (DeviceArray array : operation.get()) {
                for (float value : array.read(array.length())) {
                    put(bytes, 0, Float.floatToRawIntBits(value), 4);
                    crc.update(bytes);
                }
            }
        } catch (PoisonException e) {
            return 0; // sound inputs: an operation that sees poison here is as wrong as any
        }
        return (int) crc.getValue();
    }
}
