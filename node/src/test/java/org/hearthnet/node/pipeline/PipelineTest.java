package org.hearthnet.node.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.node.pipeline.TestNetwork.Setup;
import org.hearthnet.node.pipeline.client.JobListener;
import org.hearthnet.node.pipeline.client.JobOutcome;
import org.hearthnet.node.pipeline.client.JobSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline gives the text that one machine gives, token for token, for any split. */
class PipelineTest {
    private static final List<String> PROMPTS = List.of(
            "### Prompt: the fox and the well\n### Story:\n",
            "Once upon a time",
            "x",
            ("A long prompt that needs several frames, for it goes on and on about the king and his three sons. ")
                    .repeat(6));

    @TempDir
    private Path directory;

    @Test
    void oneTwoAndThreeStagesGiveTheLocalText() throws Exception {
        var setups = List.of(Setup.of(0, 6, 10), Setup.of(0, 6, 10), Setup.of(0, 6, 10));
        try (var network = new TestNetwork(directory, TestNetwork.CLIENT_TIMES, setups)) {
            for (int stages = 1; stages <= 3; stages++) {
                for (String prompt : PROMPTS) {
                    check(network, prompt, stages, new SamplerSettings(0.8f, 0, 0.95f, 42 + stages));
                }
            }
            check(network, PROMPTS.getFirst(), 3, new SamplerSettings(0, 0, 1, 7));
        }
    }

    private static void check(TestNetwork network, String prompt, int stages, SamplerSettings sampler)
            throws Exception {
        int[] tokens = TestModel.TOKENIZER.encode(prompt, true, false);
        var expected = TestModel.local(tokens, sampler, 40);
        List<Integer> streamed = new ArrayList<>();
        JobOutcome outcome = network.jobs.run(
                new JobSpec(TestModel.MANIFEST, tokens, 40, sampler, 100, stages, Set.of()), listener(streamed));
        assertArrayEquals(expected.tokens(), outcome.tokens(), () -> prompt + " by " + stages);
        assertArrayEquals(expected.tokens(), streamed.stream().mapToInt(i -> i).toArray());
        assertEquals(stages, outcome.attempts().getLast().assignment().stages().size());
        assertTrue(outcome.attempts().getLast().receipts().stream().allMatch(r -> r.isPresent()));
        assertEquals(1, outcome.attempts().size());
    }

    static JobListener listener(List<Integer> tokens) {
        return new JobListener() {
            @Override
            public void token(int token) {
                tokens.add(token);
            }

            @Override
            public void note(String line) {
                System.out.println("  " + line);
            }
        };
    }
}
