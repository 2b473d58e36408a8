package org.hearthnet.node.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.node.pipeline.TestNetwork.Executor;
import org.hearthnet.node.pipeline.TestNetwork.Setup;
import org.hearthnet.node.pipeline.client.JobOutcome;
import org.hearthnet.node.pipeline.client.JobSpec;
import org.hearthnet.node.pipeline.store.ClaimBuilder;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.pipeline.store.StoredBatch;
import org.hearthnet.node.pipeline.store.StoredReceipt;
import org.hearthnet.verifier.check.SeamCheck;
import org.hearthnet.verifier.check.StageCheck;
import org.hearthnet.verifier.check.StageInputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What executors keep is what verifiers agree with and the ledger pays. */
class ReceiptTest {
    private static final int[] PROMPT = TestModel.TOKENIZER.encode("The wolf said to the goose", true, false);

    @TempDir
    private Path directory;

    @Test
    void receiptsAreAgreedWithClaimedAndPaid() throws Exception {
        var setups = List.of(Setup.of(0, 6, 10), Setup.of(0, 6, 10), Setup.of(0, 6, 10));
        try (var network = new TestNetwork(directory, TestNetwork.CLIENT_TIMES, setups)) {
            for (int stages = 1; stages <= 3; stages++) {
                JobOutcome outcome = job(network, stages);
                assertTrue(outcome.promised().compareTo(outcome.paid()) >= 0);
            }
            network.ledger.advance(4);
            Amount claimed = Amount.ZERO;
            for (Executor executor : network.executors) {
                for (StoredReceipt stored : executor.store().receipts()) {
                    check(network, executor.store(), stored);
                }
                claimed = claimed.plus(claim(network, executor));
            }
            assertEquals(fees(network), claimed);
        }
    }

    private static JobOutcome job(TestNetwork network, int stages) throws Exception {
        var sampler = new SamplerSettings(0.8f, 40, 0.95f, stages);
        return network.jobs.run(
                new JobSpec(TestModel.MANIFEST, PROMPT, 21, sampler, 100, stages, Set.of()),
                PipelineTest.listener(new ArrayList<>()));
    }

    private static Amount fees(TestNetwork network) {
        return network.executors.stream()
                .flatMap(e -> e.store().receipts().stream())
                .map(r -> r.receipt().fee())
                .reduce(Amount.ZERO, Amount::plus);
    }

    private static void check(TestNetwork network, JobStore store, StoredReceipt stored) throws Exception {
        StageInputs inputs = store.inputs(stored);
        Receipt receipt = stored.receipt();
        assertEquals(
                Optional.empty(), SeamCheck.problem(network.ledger.network(), inputs.assignment(), receipt), "seam");
        if (!inputs.isLast()) {
            assertTrue(receipt.downstream().isPresent(), "the next stage acknowledged the end");
        }
        try (var engine = TestModel.engine(new LayerSpan(0, 6))) {
            var result = engine.with(
                    inputs.span(), e -> StageCheck.run(e, TestModel.MANIFEST, inputs, new KvBudget(64L << 20)));
            assertEquals(Verdict.AGREE, result.verdict(), result.reason());
        }
    }

    private static Amount claim(TestNetwork network, Executor executor) throws Exception {
        JobStore store = executor.store();
        var builder = new ClaimBuilder(
                store,
                network.ledger.port(executor.node().key()),
                executor.node().key().id());
        long epoch = network.ledger.chain().read(v -> v.nextEpoch());
        Optional<StoredBatch> batch = builder.build(epoch);
        if (batch.isEmpty()) {
            return Amount.ZERO;
        }
        assertEquals(batch, builder.build(epoch + 1), "a claim whose fate is unknown comes again");
        network.ledger.include(
                executor.node().key(),
                new TransactionBody.ClaimReceipts(batch.get().batch()));
        for (int i = 0; i < batch.get().receipts().size(); i++) {
            assertTrue(store.opening(batch.get().root(), i)
                    .orElseThrow()
                    .isIn(batch.get().batch()));
        }
        store.claimed(batch.get().root());
        assertEquals(Optional.empty(), builder.build(epoch + 1));
        return batch.get().batch().root().fee();
    }
}
