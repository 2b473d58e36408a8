package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.kernel.ReferenceKernel;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.trace.TraceSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sharing passes changes no bit, and what happens to one sequence does not touch the others. */
class StepBatcherTest {
    @TempDir
    private Path directory;

    private GgufFile model() throws IOException {
        Path path = directory.resolve("model.gguf");
        RandomModel.tiny(WeightFormat.Q8_0).write(path, 9);
        return GgufFile.open(path);
    }

    private static Step step(SequenceState sequence, LogitsWanted logits, int... ids) {
        return new Step(sequence, new StageInput.Tokens(ids), logits);
    }

    /** Remembers which positions the last layer reported, and can hold up or break the pass. */
    private static class Seen implements TraceSink {
        final List<Integer> positions = new ArrayList<>();

        @Override
        public void residual(int layer, int position, float[] values, int offset, int length) {
            if (layer == 2) {
                positions.add(position);
            }
        }
    }

    /** One sequence: positions in pieces of random size, with some cancelled and submitted again. */
    private static final class Client {
        final int[] tokens;
        final SequenceState sequence;
        final Seen seen = new Seen();
        float[] logits = new float[0];
        StepBatcher.Pending pending;
        int end;

        @SuppressWarnings("NullAway.Init") // submit sets it
        Client(StageExecutor model, int count, Random random) {
            tokens = Runs.tokens(count, RandomModel.VOCABULARY, random);
            sequence = model.newSequence(count, Runs.BUDGET);
        }

        void submit(StepBatcher batcher, int count) {
            int from = sequence.length();
            end = Math.min(tokens.length, from + count);
            var input = new StageInput.Tokens(Arrays.copyOfRange(tokens, from, end));
            pending = batcher.submit(new Step(sequence, input, LogitsWanted.ALL, seen));
        }

        void await() throws InterruptedException {
            float[] more = pending.await().orThrow().logits();
            int at = logits.length;
            logits = Arrays.copyOf(logits, at + more.length);
            System.arraycopy(more, 0, logits, at, more.length);
            assertEquals(end, sequence.length());
        }
    }

    @Test
    void randomJoinsAndLeavesGiveTheBitsOfLoneRuns() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        try (GgufFile file = model();
                Kernel reference = new ReferenceKernel();
                Kernel vector = new VectorKernel(2)) {
            joinAndLeave(Runs.whole(file, reference), Runs.whole(file, vector), new Random(seed));
            joinAndLeave(Runs.whole(file, vector), Runs.whole(file, reference), new Random(seed + 1));
        }
    }

    private static void joinAndLeave(StageExecutor alone, StageExecutor shared, Random random) throws Exception {
        List<Client> running = new ArrayList<>();
        List<Client> finished = new ArrayList<>();
        try (var batcher = new StepBatcher(shared, 5)) {
            for (int started = 0; started < 8 || !running.isEmpty(); ) {
                while (started < 8 && running.size() < 4) {
                    var client = new Client(shared, 2 + random.nextInt(70), random);
                    running.add(client);
                    started++;
                }
                for (Client client : running) {
                    client.submit(batcher, random.nextBoolean() ? 1 : 1 + random.nextInt(40));
                }
                for (Client client : running) {
                    client.await();
                }
                List<Client> done = running.stream()
                        .filter(c -> c.sequence.length() == c.tokens.length)
                        .toList();
                finished.addAll(done);
                running.removeAll(done);
            }
            assertTrue(batcher.rows() > batcher.passes());
        }
        for (Client client : finished) {
            assertArrayEquals(Runs.atOnce(alone, client.tokens), client.logits);
            assertEquals(client.tokens.length, client.seen.positions.size());
            client.sequence.close();
        }
    }

    @Test
    void longPromptsAreCutAndGiveTheLastLogits() throws Exception {
        try (GgufFile file = model();
                Kernel kernel = new VectorKernel(2)) {
            StageExecutor model = Runs.whole(file, kernel);
            int[] ids = Runs.tokens(590, RandomModel.VOCABULARY, new Random(3));
            float[] all = Runs.atOnce(model, ids);
            float[] last = Arrays.copyOfRange(all, all.length - RandomModel.VOCABULARY, all.length);
            try (var batcher = new StepBatcher(model, 4);
                    SequenceState sequence = model.newSequence(590, Runs.BUDGET)) {
                StageOutput output =
                        batcher.submit(step(sequence, LogitsWanted.LAST, ids)).await();
                assertArrayEquals(last, output.orThrow().logits());
                assertEquals(3, batcher.passes());
            }
        }
    }

    /** Holds the first pass until everything else waits, so that what follows shares a pass for certain. */
    private static final class Gate extends Seen {
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);

        @Override
        public void residual(int layer, int position, float[] values, int offset, int length) {
            inside.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            super.residual(layer, position, values, offset, length);
        }
    }

    @Test
    void aFailingSinkRefusalsAndCancellingHarmNobodyElse() throws Exception {
        try (GgufFile file = model();
                Kernel kernel = new VectorKernel(1)) {
            StageExecutor model = Runs.whole(file, kernel);
            var gate = new Gate();
            var seen = new Seen();
            try (var batcher = new StepBatcher(model, 4);
                    SequenceState held = model.newSequence(590, Runs.BUDGET);
                    SequenceState good = model.newSequence(10, Runs.BUDGET);
                    SequenceState bad = model.newSequence(10, Runs.BUDGET);
                    SequenceState other = model.newSequence(10, Runs.BUDGET);
                    SequenceState fifth = model.newSequence(10, Runs.BUDGET)) {
                var ids = new StageInput.Tokens(new int[590]);
                StepBatcher.Pending prompt = batcher.submit(new Step(held, ids, LogitsWanted.LAST, gate));
                gate.inside.await();
                var one = new StageInput.Tokens(new int[] {7});
                StepBatcher.Pending fine = batcher.submit(new Step(good, one, LogitsWanted.ALL, seen));
                StepBatcher.Pending broken = batcher.submit(new Step(bad, one, LogitsWanted.ALL, new Seen() {
                    @Override
                    public void residual(int layer, int position, float[] values, int offset, int length) {
                        throw new UnsupportedOperationException("a broken sink");
                    }
                }));
                assertThrows(IllegalArgumentException.class, () -> batcher.submit(step(good, LogitsWanted.LAST, 1)));
                assertThrows(IllegalArgumentException.class, () -> batcher.submit(step(other, LogitsWanted.LAST, -1)));
                StepBatcher.Pending fourth = batcher.submit(step(other, LogitsWanted.ALL, 7));
                assertThrows(IllegalStateException.class, () -> batcher.submit(step(fifth, LogitsWanted.LAST, 1)));
                prompt.cancel();
                gate.open.countDown();
                float[] expected = Runs.atOnce(model, new int[] {7});
                assertArrayEquals(expected, fine.await().logits());
                assertArrayEquals(expected, fourth.await().logits());
                assertThrows(UnsupportedOperationException.class, broken::await);
                assertThrows(CancellationException.class, prompt::await);
                assertEquals(List.of(0), seen.positions, "run twice, seen once");
                assertEquals(0, held.length(), "cancelled after 256 of 590 positions");
                assertEquals(0, bad.length());
                assertEquals(256, gate.positions.size());
            }
        }
    }

    @Test
    void admittedSequencesNeverLackMemoryAndRefusedStepsTakeNone() throws Exception {
        try (GgufFile file = model();
                Kernel kernel = new VectorKernel(1)) {
            StageExecutor model = Runs.whole(file, kernel);
            long page = KvLayer.pageBytes(model.config().attention()) * 3;
            var budget = new KvBudget(3 * page);
            try (var batcher = new StepBatcher(model, 4);
                    SequenceState admitted = model.newSequence(300, budget);
                    SequenceState small = model.newSequence(600, budget);
                    SequenceState late = model.newSequence(600, budget)) {
                admitted.reserveAll();
                assertEquals(2 * page, budget.usedBytes());
                var error = assertThrows(KvExhaustedException.class, late::reserveAll);
                assertTrue(String.valueOf(error.getMessage()).contains("only " + page + " of " + 3 * page));
                assertThrows(
                        KvExhaustedException.class, () -> batcher.submit(step(late, LogitsWanted.LAST, new int[300])));
                assertThrows(
                        KvExhaustedException.class,
                        () -> model.forward(
                                List.of(step(small, LogitsWanted.LAST, 1), step(late, LogitsWanted.LAST, 1))));
                assertEquals(2 * page, budget.usedBytes(), "the first step's page came back");
                batcher.submit(step(small, LogitsWanted.LAST, 1)).await().orThrow();
                batcher.submit(step(admitted, LogitsWanted.LAST, new int[300]))
                        .await()
                        .orThrow();
                assertEquals(3 * page, budget.usedBytes());
            }
            assertEquals(0, budget.usedBytes());
        }
    }

    @Test
    void closingEndsWhatWaits() throws Exception {
        try (GgufFile file = model();
                Kernel kernel = new VectorKernel(1)) {
            StageExecutor model = Runs.whole(file, kernel);
            var batcher = new StepBatcher(model, 4);
            try (SequenceState sequence = model.newSequence(10, Runs.BUDGET)) {
                batcher.submit(step(sequence, LogitsWanted.LAST, 1)).await().orThrow();
                batcher.close();
                assertThrows(IllegalStateException.class, () -> batcher.submit(step(sequence, LogitsWanted.LAST, 1)));
            }
        }
    }
}
