package org.hearthnet.node.pipeline.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.node.pipeline.client.JobOutcome;

/**
 * What a client keeps of a job: no text, only its hash.
 *
 * @param id the assignment's id
 * @param attempts pipelines that were tried
 * @param promptTokens length of the prompt
 * @param tokens length of the answer
 * @param end why it ended
 * @param textHash SHA-256 of the answer in UTF-8
 * @param paid sparks of the receipts' fees
 * @param promised sparks of the highest vouchers
 * @param stages who ran what, over all pipelines
 */
public record JobReport(
        Hash32 id,
        int attempts,
        int promptTokens,
        int tokens,
        String end,
        Hash32 textHash,
        Amount paid,
        Amount promised,
        List<StageReport> stages) {
    /** Copies the list. */
    public JobReport {
        stages = List.copyOf(stages);
    }

    /**
     * A stage's part.
     *
     * @param job the pipeline it was in
     * @param stage its number
     * @param executor who
     * @param layers which layers
     * @param positions positions it was paid for, 0 without a receipt
     * @param fee what it cost
     * @param receipt the receipt's hash, if it gave one
     */
    public record StageReport(
            Hash32 job,
            int stage,
            NodeId executor,
            String layers,
            int positions,
            Amount fee,
            @org.jspecify.annotations.Nullable Hash32 receipt) {}

    static JobReport of(JobOutcome outcome, int promptTokens, String text) {
        List<StageReport> stages = new ArrayList<>();
        for (JobOutcome.Attempt attempt : outcome.attempts()) {
            for (int i = 0; i < attempt.assignment().stages().size(); i++) {
                stages.add(stage(attempt, i));
            }
        }
        byte[] digest = Hashing.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return new JobReport(
                outcome.id(),
                outcome.attempts().size(),
                promptTokens,
                outcome.tokens().length,
                outcome.end().name().toLowerCase(java.util.Locale.ROOT),
                Hash32.of(digest),
                outcome.paid(),
                outcome.promised(),
                stages);
    }

    private static StageReport stage(JobOutcome.Attempt attempt, int number) {
        Stage stage = attempt.assignment().stages().get(number);
        Optional<Receipt> receipt = attempt.receipts().get(number);
        return new StageReport(
                attempt.job(),
                number,
                stage.executor(),
                stage.layers().toString(),
                receipt.map(Receipt::positions).orElse(0),
                receipt.map(Receipt::fee).orElse(Amount.ZERO),
                receipt.map(Receipt.KIND::hash).orElse(null));
    }

    /** Writes the report into {@code directory}. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(id.toHex() + ".json");
        Path draft = directory.resolve(id.toHex() + ".json.tmp");
        Files.writeString(draft, SpecJson.mapper().writeValueAsString(this) + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
