package org.hearthnet.node.service.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.node.pipeline.TestKeys;
import org.hearthnet.node.pipeline.TestModel;
import org.hearthnet.node.pipeline.TestNetwork;
import org.hearthnet.node.pipeline.client.JobListener;
import org.hearthnet.node.pipeline.client.JobSpec;
import org.hearthnet.node.pipeline.stage.ModelEngine;
import org.hearthnet.node.pipeline.stage.StageEngine;
import org.hearthnet.node.pipeline.store.ClaimBuilder;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.pipeline.store.StoredReceipt;
import org.hearthnet.node.service.MiningNetwork;
import org.hearthnet.node.service.fault.Fault;
import org.hearthnet.node.service.fault.PlantedFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose memory flips bits withholds what it computed; a sound one claims it. */
class SelfRecheckTest {
    private static final PlantedFault BAD_MEMORY = new PlantedFault(Fault.parse("flip-bit:0.1"), TestKeys.key(7));

    @TempDir
    private Path directory;

    private static StageEngine engine(ModelEngine.Variant variant) {
        return ModelEngine.open(
                TestModel.FILE,
                TestModel.MANIFEST,
                MiningNetwork.ALL,
                new ModelEngine.Settings("vector", 1, 64L << 20, variant));
    }

    private TestNetwork network(ModelEngine.Variant variant) throws Exception {
        var setup = new TestNetwork.Setup(MiningNetwork.ALL, 10, ignored -> engine(variant));
        var network = new TestNetwork(directory, TestNetwork.CLIENT_TIMES, List.of(setup));
        int[] prompt = TestModel.TOKENIZER.encode("Once upon a time there was", true, false);
        var spec = new JobSpec(TestModel.MANIFEST, prompt, 24, new SamplerSettings(0, 0, 1, 1), 100, 1, Set.of());
        network.jobs.run(spec, new JobListener() {
            @Override
            public void token(int token) {}

            @Override
            public void note(String line) {}
        });
        return network;
    }

    private static SelfRecheck recheck(JobStore store, ModelEngine.Variant variant) {
        return new SelfRecheck(TestModel.FILE, store, variant);
    }

    private static ClaimWork claims(TestNetwork network, SelfRecheck recheck) {
        var executor = network.executors.getFirst();
        var self = executor.node().key();
        var builder = new ClaimBuilder(executor.store(), network.ledger.port(self), self.id());
        return new ClaimWork(self.id(), executor.store(), builder, recheck);
    }

    @Test
    void aFlippedBitIsSeenAndTheReceiptWithheld() throws Exception {
        try (var network = network(BAD_MEMORY.variant())) {
            JobStore store = network.executors.getFirst().store();
            StoredReceipt receipt = store.unclaimed().getFirst();
            int expected = IntStream.range(0, SelfRecheck.POSITIONS)
                    .filter(p -> IntStream.range(0, MiningNetwork.ALL.to())
                            .anyMatch(l -> BAD_MEMORY.strikes(receipt.receipt().job(), l, p)))
                    .findFirst()
                    .orElseThrow();
            SelfRecheck sound = recheck(store, ModelEngine.Variant.HONEST);
            assertEquals(Optional.of(expected), sound.firstDifference(receipt));
            assertEquals(
                    Optional.empty(),
                    recheck(store, BAD_MEMORY.variant()).firstDifference(receipt),
                    "a planted fault is part of what runs the stages");
            assertEquals(Optional.empty(), claims(network, sound).claim(1));
            assertTrue(store.receipts().isEmpty(), "withheld for good");
        }
    }

    @Test
    void aSoundMachineClaims() throws Exception {
        try (var network = network(ModelEngine.Variant.HONEST)) {
            JobStore store = network.executors.getFirst().store();
            SelfRecheck recheck = recheck(store, ModelEngine.Variant.HONEST);
            assertEquals(
                    Optional.empty(), recheck.firstDifference(store.unclaimed().getFirst()));
            ClaimWork claims = claims(network, recheck);
            assertTrue(claims.claim(1).isPresent());
            var root = claims.pendingRoot().orElseThrow();
            claims.refused(root, 10);
            claims.refused(root, 10 + ClaimWork.TRANSACTION_LIFE_BLOCKS);
            assertEquals(Optional.of(root), claims.pendingRoot(), "a copy may still be under way");
            claims.refused(root, 11 + ClaimWork.TRANSACTION_LIFE_BLOCKS);
            assertEquals(Optional.empty(), claims.pendingRoot());
            assertEquals(1, store.unclaimed().size());
        }
    }
}
