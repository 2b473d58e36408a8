package org.hearthnet.node.pipeline.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.node.pipeline.wire.Prompt;
import org.hearthnet.verifier.check.StageInputs;
import org.jspecify.annotations.Nullable;

/** Puts a stage's inputs together from its journal. */
final class InputReader {
    private final Receipt receipt;
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private JournalEntry.@Nullable Opened opened;

    private InputReader(Receipt receipt) {
        this.receipt = receipt;
    }

    static StageInputs read(Path file, Receipt receipt) throws IOException {
        InputReader reader = new InputReader(receipt);
        Journal.read(file, reader::take);
        return reader.finish(file);
    }

    private void take(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Opened first -> opened = first;
            case JournalEntry.Executed executed ->
                input.writeBytes(executed.input().unsafeArray());
            case JournalEntry.Paid ignored -> {}
            case JournalEntry.Acknowledged ignored -> {}
            case JournalEntry.Closed ignored -> {}
        }
    }

    private StageInputs finish(Path file) throws IOException {
        if (opened == null) {
            throw new IOException(file + " does not begin with the job: it is damaged");
        }
        Assignment assignment =
                Assignment.KIND.codec().decode(opened.assignment().payload().toArray());
        if (receipt.stage() > 0 && !assignment.isLast(receipt.stage())) {
            return StageInputs.middle(assignment, receipt, VectorRoot.floats(input.toByteArray()));
        }
        Prompt prompt = opened.prompt().orElseThrow(() -> new IOException(file + " lacks the prompt: it is damaged"));
        return receipt.stage() == 0
                ? StageInputs.first(assignment, receipt, tokens(prompt.ids()), prompt.salt())
                : StageInputs.last(
                        assignment, receipt, prompt.ids(), prompt.salt(), VectorRoot.floats(input.toByteArray()));
    }

    /** The whole prompt even if it was not all executed, and the tokens that were fed back. */
    private int[] tokens(int[] prompt) {
        byte[] bytes = input.toByteArray();
        int executed = bytes.length / Integer.BYTES;
        int[] out = Arrays.copyOf(prompt, StageInputs.firstStageTokens(prompt.length, executed));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(out, 0, executed);
        return out;
    }
}
