package org.hearthnet.inference.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.Step;

/**
 * Speed of a whole model: a prompt of {@value #PROMPT} tokens at once, and decoding one token at a time for 1, 4 and 16
 * sequences together. Each figure is the median of several rounds after a warm-up; rounds of the figures take turns, so
 * that a machine that slows down slows down all of them.
 */
public final class EngineBench {
    /** Tokens of the prompt. */
    public static final int PROMPT = 512;

    private static final int DECODED = 24;
    private static final int CONTEXT = PROMPT + 1 + DECODED;
    private static final int[] BATCHES = {1, 4, 16};

    private final StageExecutor model;
    private final KvBudget budget;
    private final Random random = new Random(1);
    private final Consumer<String> progress;

    /** A bench of {@code model}, which must be a whole one. */
    public EngineBench(StageExecutor model, KvBudget budget, Consumer<String> progress) {
        if (!model.isFirst() || !model.isLast()) {
            throw new IllegalArgumentException("a bench needs a whole model");
        }
        this.model = model;
        this.budget = budget;
        this.progress = progress;
    }

    /**
     * Tokens per second, of all sequences together.
     *
     * @param decode at batch 1
     */
    public record Speeds(double prefill, double decode, double decodeBatch4, double decodeBatch16) {}

    /** Measures; the first round only warms up. */
    public Speeds run(int rounds) {
        double[][] samples = new double[1 + BATCHES.length][rounds];
        for (int round = -1; round < rounds; round++) {
            progress.accept(round < 0 ? "warming up" : "round " + (round + 1) + " of " + rounds);
            double prefill = prefill();
            for (int b = 0; b < BATCHES.length; b++) {
                double speed = decode(BATCHES[b]);
                if (round >= 0) {
                    samples[1 + b][round] = speed;
                }
            }
            if (round >= 0) {
                samples[0][round] = prefill;
            }
        }
        return new Speeds(
                Medians.of(samples[0]), Medians.of(samples[1]), Medians.of(samples[2]), Medians.of(samples[3]));
    }

    private int[] tokens(int count) {
        return random.ints(count, 0, model.config().vocabulary()).toArray();
    }

    private double prefill() {
        try (SequenceState sequence = model.newSequence(CONTEXT, budget)) {
            long start = System.nanoTime();
            model.forward(new Step(sequence, new StageInput.Tokens(tokens(PROMPT)), LogitsWanted.LAST));
            return PROMPT / seconds(start);
        }
    }

    /** After a short prompt each, so that the weights are what is measured. */
    private double decode(int batch) {
        List<SequenceState> sequences = new ArrayList<>();
        try {
            for (int i = 0; i < batch; i++) {
                SequenceState sequence = model.newSequence(CONTEXT, budget);
                sequences.add(sequence);
                model.forward(new Step(sequence, new StageInput.Tokens(tokens(8)), LogitsWanted.NONE));
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

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
