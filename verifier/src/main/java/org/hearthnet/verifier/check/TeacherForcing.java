package org.hearthnet.verifier.check;

import java.util.Arrays;
import org.hearthnet.genesis.arithmetic.Sampler;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.Step;
import org.hearthnet.inference.trace.TraceSink;

/** Runs a stage over inputs that are all known beforehand, as prefill, and draws the tokens that decoding would draw. */
public final class TeacherForcing {
    private static final int MAX_CHUNK = 256;
    private static final int MAX_LOGITS = 1 << 23;

    /** Sees the logits of every position that draws a token. */
    @FunctionalInterface
    public interface LogitsSink {
        /** Logits of {@code position} are {@code values[offset .. offset + length)}; to be read during the call only. */
        void logits(int position, float[] values, int offset, int length);
    }

    private final StageExecutor executor;
    private final StageInputs inputs;
    private final TraceSink trace;
    private final LogitsSink sink;

    /** A run of {@code executor} over {@code inputs}, which passed {@link InputCheck}. */
    public TeacherForcing(StageExecutor executor, StageInputs inputs, TraceSink trace, LogitsSink sink) {
        var span = inputs.span();
        if (executor.range().from() != span.from() || executor.range().toExclusive() != span.to()) {
            throw new IllegalArgumentException("layers " + span + " cannot be run with " + executor.range());
        }
        this.executor = executor;
        this.inputs = inputs;
        this.trace = trace;
        this.sink = sink;
    }

    /**
     * Runs all positions of the receipt.
     *
     * @param sequence empty
     * @return of a last stage the prompt and the drawn tokens, else nothing
     * @throws org.hearthnet.genesis.arithmetic.PoisonException if a result is not sound
     */
    public int[] run(SequenceState sequence) {
        int prompt = inputs.assignment().promptTokens();
        int positions = inputs.receipt().positions();
        int silent = inputs.isLast() ? Math.min(prompt - 1, positions) : positions;
        for (int at = 0; at < silent; at += MAX_CHUNK) {
            step(sequence, at, Math.min(MAX_CHUNK, silent - at), LogitsWanted.NONE);
        }
        return inputs.isLast() ? draw(sequence, silent) : new int[0];
    }

    private int[] draw(SequenceState sequence, int from) {
        int prompt = inputs.assignment().promptTokens();
        int positions = inputs.receipt().positions();
        int vocabulary = executor.config().vocabulary();
        int chunk = Math.max(1, Math.min(MAX_CHUNK, MAX_LOGITS / vocabulary));
        int[] tokens = Arrays.copyOf(inputs.tokens(), Math.max(prompt, positions + 1));
        for (int at = from; at < positions; at += chunk) {
            int count = Math.min(chunk, positions - at);
            float[] logits = step(sequence, at, count, LogitsWanted.ALL);
            for (int i = 0; i < count; i++) {
                sink.logits(at + i, logits, i * vocabulary, vocabulary);
                tokens[at + i + 1] = sample(logits, i * vocabulary, vocabulary, at + i);
            }
        }
        return tokens;
    }

    private int sample(float[] logits, int offset, int vocabulary, int position) {
        SamplerSettings settings = inputs.assignment().sampler();
        var parameters = new SamplerParameters(settings.temperature(), settings.topK(), settings.topP());
        return Sampler.sample(logits, offset, vocabulary, parameters, settings.seed(), position);
    }

    private float[] step(SequenceState sequence, int from, int count, LogitsWanted wanted) {
        return executor.forward(new Step(sequence, input(executor, inputs, from, count), wanted, trace))
                .logits();
    }

    /** The stage's input for {@code count} positions from {@code from}. */
    public static StageInput input(StageExecutor executor, StageInputs inputs, int from, int count) {
        if (inputs.isFirst()) {
            return new StageInput.Tokens(Arrays.copyOfRange(inputs.tokens(), from, from + count));
        }
        int hidden = executor.config().hidden();
        return new StageInput.Hidden(
                count, Arrays.copyOfRange(inputs.activations(), from * hidden, (from + count) * hidden));
    }
}
