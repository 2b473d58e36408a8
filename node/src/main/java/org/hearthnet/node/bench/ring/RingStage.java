package org.hearthnet.node.bench.ring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.StageOutput;
import org.hearthnet.inference.exec.Step;

/**
 * One stage's computing: a frame in, a frame out, never faster than a device that reads so many bytes of weights a second. Used
 * by one thread.
 */
final class RingStage {
    private static final long CACHE_BYTES = 1L << 30;

    private final StageExecutor executor;
    private final long passNanos;
    private final KvBudget budget = new KvBudget(CACHE_BYTES);
    private final Map<Integer, List<SequenceState>> groups = new HashMap<>();
    private long computeNanos;
    private int passes;

    /** @param bytesPerSecond of the device that is stood in for */
    RingStage(StageExecutor executor, double bytesPerSecond) {
        this.executor = executor;
        this.passNanos = (long) (executor.bytesPerPass() / bytesPerSecond * 1e9);
    }

    StageExecutor executor() {
        return executor;
    }

    /** Values of a sequence in a frame that comes in. */
    int inputWidth() {
        return executor.isFirst() ? 1 : executor.config().hidden();
    }

    /** Computes, waits until the device that is stood in for would be ready, and returns what comes out. */
    RingFrame run(RingFrame in) throws IOException {
        long start = System.nanoTime();
        List<SequenceState> sequences = groups.computeIfAbsent(in.group(), g -> open(in));
        if (sequences.size() != in.sequences() || sequences.getFirst().length() != in.position()) {
            throw new IOException("frames of a batch came out of order");
        }
        List<StageOutput> outputs = executor.forward(steps(in, sequences));
        int[] values = executor.isLast() ? tokens(outputs) : hidden(outputs);
        if (in.position() == in.limit() - 1) {
            sequences.forEach(SequenceState::close);
            groups.remove(in.group());
        }
        computeNanos += System.nanoTime() - start;
        passes++;
        for (long left = start + passNanos - System.nanoTime();
                left > 0;
                left = start + passNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return new RingFrame(in.group(), in.sequences(), in.position(), in.limit(), values);
    }

    private List<SequenceState> open(RingFrame in) {
        List<SequenceState> out = new ArrayList<>();
        for (int i = 0; i < in.sequences(); i++) {
            out.add(executor.newSequence(in.limit(), budget));
        }
        return out;
    }

    private List<Step> steps(RingFrame in, List<SequenceState> sequences) {
        int width = inputWidth();
        List<Step> out = new ArrayList<>();
        for (int s = 0; s < sequences.size(); s++) {
            StageInput input;
            if (executor.isFirst()) {
                input = new StageInput.Tokens(new int[] {in.values()[s]});
            } else {
                float[] vector = new float[width];
                for (int i = 0; i < width; i++) {
                    vector[i] = Float.intBitsToFloat(in.values()[s * width + i]);
                }
                input = new StageInput.Hidden(1, vector);
            }
            LogitsWanted logits = executor.isLast() ? LogitsWanted.LAST : LogitsWanted.NONE;
            out.add(new Step(sequences.get(s), input, logits));
        }
        return out;
    }

    private static int[] hidden(List<StageOutput> outputs) {
        int width = outputs.getFirst().orThrow().hidden().length;
        int[] out = new int[outputs.size() * width];
        for (int s = 0; s < outputs.size(); s++) {
            float[] vector = outputs.get(s).orThrow().hidden();
            for (int i = 0; i < width; i++) {
                out[s * width + i] = Float.floatToRawIntBits(vector[i]);
            }
        }
        return out;
    }

    /** The likeliest token of each sequence. */
    private static int[] tokens(List<StageOutput> outputs) {
        int[] out = new int[outputs.size()];
        for (int s = 0; s < out.length; s++) {
            float[] logits = outputs.get(s).orThrow().logits();
            for (int i = 1; i < logits.length; i++) {
                if (logits[i] > logits[out[s]]) {
                    out[s] = i;
                }
            }
        }
        return out;
    }

    /** Seconds that computing took on average, without waiting, since this was asked last. */
    double meanComputeSeconds() {
        double mean = passes == 0 ? 0 : computeNanos / 1e9 / passes;
        computeNanos = 0;
        passes = 0;
        return mean;
    }
}
