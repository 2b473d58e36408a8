package org.hearthnet.inference.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.Progress;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.Step;

/**
 * Speed of a whole model: a prompt of {@value #PROMPT} tokens at once, and decoding one token at a time for several sequences
 * together. Every token that is decoded, and the last of a prompt, yields logits.
 */
public final class EngineBench {
    /** Tokens of the prompt. */
    public static final int PROMPT = 512;

    /** Sequences that {@link #run} decodes together. */
    private static final int[] BATCHES = {1, 4, 16};

    private static final int CONTEXT = 2_048;
    private static final int DECODED = 24;
    private static final int SHORT_PROMPT = 8;

    private final StageExecutor model;
    private final KvBudget budget;
    private final Random random = new Random(1);

    /** A bench of {@code model}, which must be a whole one. */
    public EngineBench(StageExecutor model, KvBudget budget) {
        if (!model.isFirst() || !model.isLast()) {
            throw new IllegalArgumentException("a bench needs a whole model");
        }
        this.model = model;
        this.budget = budget;
    }

    /**
     * Medians.
     *
     * @param prefill tokens per second
     * @param decode tokens per second at batch 1
     * @param decodeBatch4 tokens per second of all four sequences together
     * @param decodeBatch16 tokens per second of all sixteen sequences together
     * @param memoryRead gigabytes per second
     */
    public record Speeds(double prefill, double decode, double decodeBatch4, double decodeBatch16, double memoryRead) {}

    /**
     * Measures all figures. They take turns in every round, so that a machine that slows down slows down all of them; the
     * first round only warms up.
     *
     * @param rounds at least one
     */
    public Speeds run(int rounds, MemoryBench memory, Progress progress) {
        double[] prefill = new double[rounds];
        double[] read = new double[rounds];
        double[][] decode = new double[BATCHES.length][rounds];
        for (int round = -1; round < rounds; round++) {
            progress.at("measuring", round + 1, rounds + 1L); // the first is the warm-up
            int keep = Math.max(0, round); // the first round overwrites what the warm-up left
            prefill[keep] = prefill();
            for (int b = 0; b < BATCHES.length; b++) {
                decode[b][keep] = decode(BATCHES[b]);
            }
            read[keep] = memory.gigabytesPerSecond();
        }
        progress.at("measuring", rounds + 1L, rounds + 1L);
        return new Speeds(
                Medians.of(prefill),
                Medians.of(decode[0]),
                Medians.of(decode[1]),
                Medians.of(decode[2]),
                Medians.of(read));
    }

    /**
     * Fills a cache of {@value #CONTEXT} positions, or of the model's context: nothing that one sequence needs in memory is
     * missing afterwards.
     */
    public void fillContext() {
        int context = Math.min(CONTEXT, model.config().context());
        try (SequenceState sequence = model.newSequence(context, budget)) {
            for (int at = 0; at < context; at += PROMPT) {
                int[] tokens = tokens(Math.min(PROMPT, context - at));
                model.forward(new Step(sequence, new StageInput.Tokens(tokens), LogitsWanted.LAST));
            }
        }
    }

    /** Tokens per second of one prompt. */
    public double prefill() {
        try (SequenceState sequence = model.newSequence(PROMPT, budget)) {
            int[] tokens = tokens(PROMPT);
            long start = System.nanoTime();
            model.forward(new Step(sequence, new StageInput.Tokens(tokens), LogitsWanted.LAST));
            return PROMPT / seconds(start);
        }
    }

    /**
     * Tokens per second of {@code batch} sequences together, {@value #DECODED} tokens each after a prompt of {@value
     * #SHORT_PROMPT}: weights are what is measured, not attention to a long past.
     */
    public double decode(int batch) {
        List<SequenceState> sequences = new ArrayList<>();
        try {
            for (int i = 0; i < batch; i++) {
                SequenceState sequence = model.newSequence(SHORT_PROMPT + DECODED, budget);
                sequences.add(sequence);
                model.forward(new Step(sequence, new StageInput.Tokens(tokens(SHORT_PROMPT)), LogitsWanted.NONE));
            }
            long start = System.nanoTime();
            for (int i = 0; i < DECODED; i++) {
                List<Step> steps = new ArrayList<>();
                for (SequenceState sequence : sequences) {
                    steps.add(new Step(sequence, new StageInput.Tokens(tokens(1)), LogitsWanted.LAST));
                }
                model.forward(steps);
            }
            return (double) batch * DECODED / seconds(start);
        } finally {
            sequences.forEach(SequenceState::close);
        }
    }

    private int[] tokens(int count) {
        return random.ints(count, 0, model.config().vocabulary()).toArray();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
