package org.hearthnet.node.bench.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LayerRange;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.Step;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.node.bench.ring.RingNode.Run;
import org.hearthnet.node.pipeline.text.DefaultModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is measured is the model's own work: a ring of two stages yields what the model yields alone. */
class RingTest {
    private static final int POSITIONS = 10;
    private static final int WARM = 2;
    private static final double FAST = 1e15;

    @Test
    @Timeout(120)
    void aRingYieldsWhatTheModelYieldsAlone() throws Exception {
        try (GgufFile file = GgufFile.open(DefaultModelFile.path());
                Kernel kernel = Kernels.choose("vector", 1)) {
            StageExecutor whole = StageExecutor.load(file, new LayerRange(0, 6), kernel);
            StageExecutor head = StageExecutor.load(file, new LayerRange(0, 2), kernel);
            StageExecutor tail = StageExecutor.load(file, new LayerRange(2, 6), kernel);
            String any = "/ip4/127.0.0.1/tcp/0";
            try (RingNode first = RingNode.open(head, FAST, 0, any);
                    RingNode second = RingNode.open(tail, FAST, 1, any)) {
                RingNode.Ring back = second.join(RingNode.address(first.listening(), 0));
                RingNode.Ring ring = first.join(RingNode.address(second.listening(), 1));
                Thread serving = Thread.ofVirtual().start(() -> serve(back));
                Run run = ring.drive(3, 2, POSITIONS, WARM);
                assertEquals(alone(whole), run.tokens());
                assertTrue(run.tokensPerSecond() > 0 && run.computeSeconds() > 0);
                var link = ring.measure(1 << 16);
                assertTrue(link.bytesPerSecond() > 0 && link.messageSeconds() > 0);
                serving.interrupt();
                serving.join();
            }
        }
    }

    private static void serve(RingNode.Ring ring) {
        try {
            ring.serve();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> alone(StageExecutor whole) {
        List<Integer> out = new ArrayList<>();
        try (SequenceState sequence = whole.newSequence(POSITIONS, new KvBudget(1L << 28))) {
            int token = 0;
            for (int i = 0; i < POSITIONS; i++) {
                float[] logits = whole.forward(
                                new Step(sequence, new StageInput.Tokens(new int[] {token}), LogitsWanted.LAST))
                        .logits();
                token = 0;
                for (int j = 1; j < logits.length; j++) {
                    token = logits[j] > logits[token] ? j : token;
                }
                out.add(token);
            }
        }
        return out;
    }

    @Test
    void framesComeBackAsTheyWere() throws IOException {
        var frame = new RingFrame(3, 2, 5, 9, new int[] {1, -2, 3, 4});
        RingFrame back = RingFrame.decode(frame.encode(), 2);
        assertEquals(List.of(3, 2, 5, 9), List.of(back.group(), back.sequences(), back.position(), back.limit()));
        assertTrue(Arrays.equals(frame.values(), back.values()));
    }

    @Test
    void framesThatMakeNoSenseAreRefused() {
        byte[] good = new RingFrame(0, 1, 0, 1, new int[] {7}).encode();
        assertThrows(IOException.class, () -> RingFrame.decode(Arrays.copyOf(good, good.length - 1), 1));
        assertThrows(IOException.class, () -> RingFrame.decode(new byte[3], 1));
        assertThrows(IOException.class, () -> RingFrame.decode(good, 2));
        int[][] wrong = {{-1, 1, 0, 1}, {64, 1, 0, 1}, {0, 0, 0, 1}, {0, 65, 0, 1}, {0, 1, 1, 1}, {0, 1, 0, 2049}};
        for (int[] w : wrong) {
            byte[] bytes = new RingFrame(w[0], w[1], w[2], w[3], new int[Math.max(1, w[1])]).encode();
            assertThrows(IOException.class, () -> RingFrame.decode(bytes, 1), Arrays.toString(w));
        }
    }

    @Test
    void tooManyHostsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Namespaces.open(Namespaces.MAX_HOSTS + 1, 1, 1000, 0));
    }
}
