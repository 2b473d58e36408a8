package org.hearthnet.node.pipeline.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.node.pipeline.wire.Prompt;

/** Puts a stage's inputs together from its journal. */
final class InputReader {
    private final List<Integer> drawn = new ArrayList<>();
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private Optional<Prompt> prompt = Optional.empty();
    private boolean first;
    private boolean last;

    private InputReader() {}

    static StoredInputs read(Path file) throws IOException {
        InputReader reader = new InputReader();
        Journal.read(file, reader::take);
        return reader.finish();
    }

    private void take(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Opened opened -> {
                Assignment assignment =
                        Assignment.KIND.codec().decode(opened.assignment().payload().toArray());
                prompt = opened.prompt();
                first = opened.stage() == 0;
                last = assignment.isLast(opened.stage());
            }
            case JournalEntry.Executed executed -> {
                input.writeBytes(executed.input().unsafeArray());
                if (executed.token() >= 0) {
                    drawn.add(executed.token());
                }
            }
            case JournalEntry.Paid ignored -> {}
            case JournalEntry.Acknowledged ignored -> {}
            case JournalEntry.Closed ignored -> {}
        }
    }

    private StoredInputs finish() {
        byte[] bytes = input.toByteArray();
        float[] activations = first ? new float[0] : VectorRoot.floats(bytes);
        return new StoredInputs(prompt, last ? answer() : first ? ints(bytes) : new int[0], activations);
    }

    private int[] answer() {
        int[] asked = prompt.map(Prompt::ids).orElse(new int[0]);
        int[] out = java.util.Arrays.copyOf(asked, asked.length + drawn.size());
        for (int i = 0; i < drawn.size(); i++) {
            out[asked.length + i] = drawn.get(i);
        }
        return out;
    }

    private static int[] ints(byte[] bytes) {
        int[] out = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(out);
        return out;
    }
}
