package org.hearthnet.node.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.node.pipeline.TestNetwork.Setup;
import org.hearthnet.node.pipeline.client.JobException;
import org.hearthnet.node.pipeline.client.JobListener;
import org.hearthnet.node.pipeline.client.JobOutcome;
import org.hearthnet.node.pipeline.client.JobSpec;
import org.hearthnet.node.pipeline.client.JobTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors die, stall or send nonsense in the middle of a job; the reader notices nothing but a pause. */
class FailoverTest {
    private static final SamplerSettings SAMPLER = new SamplerSettings(0.8f, 0, 0.95f, 5);
    private static final int[] PROMPT = TestModel.TOKENIZER.encode("There was a miller who had", true, false);
    private static final int LENGTH = 48;

    @TempDir
    private Path directory;

    private static JobTimes quick() {
        JobTimes t = TestNetwork.CLIENT_TIMES;
        return new JobTimes(
                t.offers(),
                t.settle(),
                t.escrow(),
                t.open(),
                Duration.ofSeconds(8),
                Duration.ofSeconds(2),
                t.attempts(),
                t.escrowBlocks());
    }

    private static JobSpec spec(int stages) {
        return new JobSpec(TestModel.MANIFEST, PROMPT, LENGTH, SAMPLER, 100, stages, Set.of());
    }

    /** Collects tokens and does something after some of them. */
    private static JobListener after(int count, List<Integer> tokens, Runnable action) {
        return new JobListener() {
            @Override
            public void token(int token) {
                tokens.add(token);
                if (tokens.size() == count) {
                    action.run();
                }
            }

            @Override
            public void note(String line) {
                System.out.println("  " + line);
            }
        };
    }

    private static JobOutcome runs(TestNetwork network, int stages, Runnable action) throws Exception {
        List<Integer> streamed = new ArrayList<>();
        JobOutcome outcome = network.jobs.run(spec(stages), after(11, streamed, action));
        int[] expected = TestModel.local(PROMPT, SAMPLER, LENGTH).tokens();
        assertArrayEquals(expected, outcome.tokens());
        assertArrayEquals(expected, streamed.stream().mapToInt(i -> i).toArray(), "nothing is repeated");
        return outcome;
    }

    private static List<Setup> four() {
        return List.of(Setup.of(0, 6, 10), Setup.of(0, 6, 11), Setup.of(0, 6, 12), Setup.of(0, 6, 13));
    }

    @Test
    void aStageThatDiesIsReplaced() throws Exception {
        try (var network = new TestNetwork(directory, TestNetwork.CLIENT_TIMES, four())) {
            JobOutcome outcome = runs(network, 3, () -> network.executors.get(1).kill());
            assertEquals(2, outcome.attempts().size());
            NodeId dead = network.executors.get(1).node().key().id();
            assertFalse(outcome.attempts().getLast().assignment().stages().stream()
                    .anyMatch(s -> s.executor().equals(dead)));
            // The same escrow pays for both attempts, so what was prepaid in vain is at most one interval a stage.
            assertEquals(
                    outcome.attempts().getFirst().assignment().escrow(),
                    outcome.attempts().getLast().assignment().escrow());
            assertTrue(outcome.promised().compareTo(outcome.paid()) >= 0);
        }
    }

    @Test
    void aStageThatStallsIsReplaced() throws Exception {
        var setups = new ArrayList<>(four());
        setups.set(1, new Setup(new LayerSpan(0, 6), 11, e -> FaultyEngine.stalling(e, PROMPT.length + 10)));
        try (var network = new TestNetwork(directory, quick(), setups)) {
            JobOutcome outcome = runs(network, 2, () -> {});
            NodeId slow = network.executors.get(1).node().key().id();
            assertTrue(outcome.attempts().size() >= 2);
            assertFalse(outcome.attempts().getLast().assignment().stages().stream()
                    .anyMatch(s -> s.executor().equals(slow)));
        }
    }

    @Test
    void aStageThatSendsNoNumbersIsReplaced() throws Exception {
        var setups = new ArrayList<>(four());
        setups.set(0, new Setup(new LayerSpan(0, 6), 10, e -> FaultyEngine.poisoning(e, PROMPT.length + 10)));
        try (var network = new TestNetwork(directory, TestNetwork.CLIENT_TIMES, setups)) {
            JobOutcome outcome = runs(network, 2, () -> {});
            NodeId bad = network.executors.get(0).node().key().id();
            assertEquals(2, outcome.attempts().size());
            assertFalse(outcome.attempts().getLast().assignment().stages().stream()
                    .anyMatch(s -> s.executor().equals(bad)));
        }
    }

    @Test
    void aJobWithoutExecutorsIsGivenUpWithAReason() throws Exception {
        try (var network = new TestNetwork(directory, quick(), List.of(Setup.of(0, 3, 10)))) {
            JobException e = assertThrows(
                    JobException.class, () -> network.jobs.run(spec(0), after(1, new ArrayList<>(), () -> {})));
            assertEquals(JobException.Kind.NO_OFFERS, e.kind());
            assertTrue(String.valueOf(e.getMessage()).contains("do not cover"), e.getMessage());
        }
    }
}
