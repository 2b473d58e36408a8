package org.hearthnet.node.pipeline.group;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hearthnet.inference.exec.StageInput;

/** Inputs of steps in bytes: token ids or hidden rows, 4 bytes each, little-endian. */
final class StepInput {
    private StepInput() {}

    static byte[] bytes(StageInput input) {
        return switch (input) {
            case StageInput.Tokens tokens -> {
                ByteBuffer out = buffer(tokens.ids().length);
                out.asIntBuffer().put(tokens.ids());
                yield out.array();
            }
            case StageInput.Hidden hidden -> {
                ByteBuffer out = buffer(hidden.values().length);
                out.asFloatBuffer().put(hidden.values());
                yield out.array();
            }
        };
    }

    private static ByteBuffer buffer(int values) {
        return ByteBuffer.allocate(Math.multiplyExact(values, Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @param tokens whether the stage takes tokens
     * @param hidden width of a hidden row
     * @throws IllegalArgumentException if the bytes are no whole number of tokens or rows
     */
    static StageInput of(byte[] bytes, boolean tokens, int hidden) {
        int row = Math.multiplyExact(tokens ? 1 : hidden, Integer.BYTES);
        if (bytes.length == 0 || bytes.length % row != 0) {
            throw new IllegalArgumentException("an input of " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (tokens) {
            int[] ids = new int[bytes.length / Integer.BYTES];
            in.asIntBuffer().get(ids);
            return new StageInput.Tokens(ids);
        }
        float[] values = new float[bytes.length / Float.BYTES];
        in.asFloatBuffer().get(values);
        return new StageInput.Hidden(bytes.length / row, values);
    }
}
