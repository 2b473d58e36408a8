package org.hearthnet.inference.exec;

import java.util.Arrays;
import java.util.function.Consumer;
import org.hearthnet.genesis.arithmetic.Sampler;
import org.hearthnet.inference.exec.GenerationResult.StopReason;
import org.hearthnet.inference.token.TokenDecoder;
import org.hearthnet.inference.token.Tokenizer;
import org.jspecify.annotations.Nullable;

/** Local generation with a whole model. The token after position p is sampled with (seed, p). */
public final class Generator {
    private final StageExecutor model;
    private final Tokenizer tokenizer;
    private final KvBudget budget;
    private final @Nullable PrefixCache prefixes;

    /** A generator; {@code model} holds all layers. */
    public Generator(StageExecutor model, Tokenizer tokenizer, KvBudget budget) {
        this(model, tokenizer, budget, null);
    }

    /** A generator that keeps what it computed in {@code prefixes}, for prompts that begin alike. */
    public Generator(StageExecutor model, Tokenizer tokenizer, KvBudget budget, @Nullable PrefixCache prefixes) {
        if (!model.isFirst() || !model.isLast()) {
            throw new IllegalArgumentException("generation needs all layers, not " + model.range());
        }
        if (tokenizer.vocabulary() > model.config().vocabulary()) {
            throw new IllegalArgumentException("the tokenizer knows " + tokenizer.vocabulary() + " tokens, the model "
                    + model.config().vocabulary());
        }
        this.model = model;
        this.tokenizer = tokenizer;
        this.budget = budget;
        this.prefixes = prefixes;
    }

    /** Tokenises {@code prompt} and continues it. */
    public GenerationResult generate(String prompt, GenerationOptions options, Consumer<String> onText) {
        return generate(tokenizer.encode(prompt, true, true), options, onText);
    }

    /**
     * Continues {@code prompt}.
     *
     * @param onText receives text as soon as it is complete
     * @throws IllegalArgumentException if the prompt is empty or leaves no room in the context
     */
    public GenerationResult generate(int[] prompt, GenerationOptions options, Consumer<String> onText) {
        int context = model.config().context();
        if (prompt.length == 0) {
            throw new IllegalArgumentException("the prompt is empty");
        }
        if (prompt.length >= context) {
            throw new ContextExceededException("the prompt has " + prompt.length + " tokens; the model's context of "
                    + context + " leaves no room for an answer");
        }
        if (prefixes == null) {
            try (SequenceState sequence = model.newSequence(context, budget)) {
                return run(sequence, prompt, options, onText);
            }
        }
        try (SequenceState sequence = prefixes.begin(prompt, context)) {
            GenerationResult result = run(sequence, prompt, options, onText);
            int[] all = Arrays.copyOf(prompt, prompt.length + result.tokens().length);
            System.arraycopy(result.tokens(), 0, all, prompt.length, result.tokens().length);
            prefixes.keep(all, sequence);
            return result;
        }
    }

    private GenerationResult run(
            SequenceState sequence, int[] prompt, GenerationOptions options, Consumer<String> onText) {
        int limit = Math.min(options.maxTokens(), sequence.limit() - prompt.length);
        int[] tokens = new int[limit];
        int count = 0;
        TokenDecoder decoder = tokenizer.decoder();
        var text = new StringBuilder();
        boolean ended = false;
        float[] logits = step(sequence, Arrays.copyOfRange(prompt, sequence.length(), prompt.length));
        while (!ended) {
            int token = Sampler.sample(logits, options.sampler(), options.seed(), sequence.length() - 1);
            tokens[count++] = token;
            emit(token < tokenizer.vocabulary() ? decoder.next(token) : "", text, onText);
            ended = options.stopAtEnd() && tokenizer.isEnd(token);
            if (ended || count == limit) {
                break;
            }
            logits = step(sequence, new int[] {token});
        }
        emit(decoder.finish(), text, onText);
        StopReason reason = ended
                ? StopReason.END_TOKEN
                : count == options.maxTokens() ? StopReason.TOKEN_LIMIT : StopReason.CONTEXT_FULL;
        return new GenerationResult(prompt.clone(), Arrays.copyOf(tokens, count), text.toString(), reason);
    }

    private float[] step(SequenceState sequence, int[] tokens) {
        return model.forward(new Step(sequence, new StageInput.Tokens(tokens), LogitsWanted.LAST))
                .logits();
    }

    private static void emit(String piece, StringBuilder text, Consumer<String> onText) {
        if (!piece.isEmpty()) {
            text.append(piece);
            onText.accept(piece);
        }
    }
}
