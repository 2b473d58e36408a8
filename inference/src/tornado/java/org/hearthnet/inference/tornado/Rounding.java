package org.hearthnet.inference.tornado;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;

/** Three products whose results tell how a device rounds, which TornadoVM's API does not say. */
enum Rounding {
    /** -(1 + 2^-11) + (1 + 2^-12)^2: 2^-24 if rounded once, 0 if the square is rounded by itself. */
    FUSED(-0x1.002p0f, 1f, 0x1.001p0f, 0x1.001p0f, "it rounds twice in a * b + c"),
    /** 2^-140. */
    SUBNORMAL_RESULT(0f, 0f, 0x1p-100f, 0x1p-40f, "it flushes subnormal results to zero"),
    /** 2^-140 * 2^20. */
    SUBNORMAL_OPERAND(0f, 0f, 0x1p-140f, 0x1p20f, "it takes subnormal operands as zero");

    private final float firstWeight;
    private final float firstValue;
    private final float weight;
    private final float value;
    private final String otherwise;

    Rounding(float firstWeight, float firstValue, float weight, float value, String otherwise) {
        this.firstWeight = firstWeight;
        this.firstValue = firstValue;
        this.weight = weight;
        this.value = value;
        this.otherwise = otherwise;
    }

    /** What is wrong with the products of {@code kernel}, if anything is. */
    static Optional<String> refusal(Kernel kernel) {
        for (Rounding rounding : values()) {
            if (!rounding.holds(kernel)) {
                return Optional.of(rounding.otherwise);
            }
        }
        return Optional.empty();
    }

    private boolean holds(Kernel kernel) {
        byte[] row = new byte[2 * Float.BYTES];
        ByteBuffer.wrap(row)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(firstWeight)
                .putFloat(weight);
        float expected = Math.fma(weight, value, Math.fma(firstWeight, firstValue, 0f));
        kernel.start();
        try (DeviceArray x = kernel.allocate(new float[] {firstValue, value});
                DeviceArray out = kernel.allocate(1)) {
            var tensor = new GgufTensor("rounding", WeightFormat.F32, 1, 2, MemorySegment.ofArray(row));
            kernel.matmul(kernel.prepare(tensor), kernel.activations(x, 1, 2), out);
            return Float.floatToRawIntBits(out.read(1)[0]) == Float.floatToRawIntBits(expected);
        } catch (GgufException e) {
            throw new IllegalStateException(e);
        }
    }
}
