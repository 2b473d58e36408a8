package org.hearthnet.node.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.bench.RandomModel.Kind;
import org.hearthnet.inference.exec.GenerationOptions;
import org.hearthnet.inference.exec.Generator;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.ModelConfig;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.hearthnet.inference.token.Tokenizers;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.node.pipeline.client.JobOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mining is not bound to the model in the box: Qwen 3 with Q4_K weights is run, checked, paid for and disputed alike. */
class OtherModelsTest {
    private static final String PROMPT = "abc def";
    private static final int LENGTH = 20;

    @TempDir
    private Path directory = Path.of("");

    private GgufFile write() throws IOException {
        Path path = directory.resolve("qwen.gguf");
        RandomModel.tiny(Kind.QWEN3, WeightFormat.Q4_K).write(path, 11);
        return GgufFile.open(path);
    }

    private static MiningNetwork.Model model(GgufFile file) throws IOException {
        return new MiningNetwork.Model(file, ManifestBuilder.of(file, "qwen"), Tokenizers.of(file.metadata()));
    }

    @Test
    void honestWorkIsWhatOneMachineComputesAndIsAgreedOn() throws Exception {
        try (GgufFile file = write();
                var network = new MiningNetwork(directory, model(file), 2, Map.of())) {
            network.miner(MiningNetwork.veteran(0));
            network.miner(MiningNetwork.veteran(1));
            network.awaitHolder(network.miner(MiningNetwork.newcomer(0)));
            JobOutcome outcome = network.job(PROMPT, LENGTH, 2);
            assertArrayEquals(local(file), outcome.tokens());
            network.await(
                    "both stages agreed",
                    () -> network.happened(LedgerEvent.DutyAgreed.class).count() == 2);
            assertEquals(0, network.happened(LedgerEvent.Convicted.class).count());
        }
    }

    @Test
    void aSkippedLayerIsConvicted() throws Exception {
        try (GgufFile file = write();
                var network = new MiningNetwork(directory, model(file), 1, Map.of())) {
            var liar = network.cheat(MiningNetwork.veteran(0), "skip-layer:0.5");
            network.awaitHolder(network.miner(MiningNetwork.newcomer(0)));
            network.job(PROMPT, LENGTH, 1);
            network.await(
                    LedgerEvent.Convicted.class, e -> e.conviction().node().equals(liar.id()));
            assertTrue(network.happened(LedgerEvent.DutyAgreed.class).findAny().isEmpty());
        }
    }

    private static int[] local(GgufFile file) throws IOException {
        try (VectorKernel kernel = new VectorKernel(1)) {
            StageExecutor all = StageExecutor.load(file, ModelConfig.of(file).all(), kernel);
            var tokenizer = Tokenizers.of(file.metadata());
            var options = new GenerationOptions(new SamplerParameters(0.8f, 0, 0.95f), 7, LENGTH, true);
            return new Generator(all, tokenizer, new KvBudget(64L << 20))
                    .generate(tokenizer.encode(PROMPT, true, false), options, t -> {})
                    .tokens();
        }
    }
}
