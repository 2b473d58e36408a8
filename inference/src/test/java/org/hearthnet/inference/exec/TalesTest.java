package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.ReferenceKernel;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.model.Tales;
import org.hearthnet.inference.token.Tokenizer;
import org.hearthnet.inference.token.Tokenizers;
import org.junit.jupiter.api.Test;

/** The embedded model against llama.cpp, and the two kernels against each other on whole generations. */
class TalesTest {
    private static final KvBudget BUDGET = new KvBudget(1 << 28);

    @Test
    void perplexityIsThatOfLlamaCpp() throws IOException {
        JsonNode golden = Tales.golden().get("perplexity").get("q8_0");
        try (GgufFile file = Tales.open();
                Kernel kernel = new VectorKernel(2)) {
            StageExecutor model = load(file, kernel);
            Perplexity measured = Perplexity.measure(
                    model, Tokenizers.of(file.metadata()).encode(Tales.tale(), true, true), 512, BUDGET);
            assertEquals(golden.get("tokens_scored").asInt(), measured.scored());
            double expected = golden.get("perplexity").asDouble();
            System.out.println("perplexity " + measured.value() + ", llama.cpp " + expected);
            assertEquals(expected, measured.value(), expected * 0.005);
        }
    }

    /** llama.cpp's own back ends differ at near ties, so ids are compared up to the first small margin. */
    @Test
    void greedyTokensAgreeUpToTheFirstNearTie() throws IOException {
        try (GgufFile file = Tales.open();
                Kernel kernel = new VectorKernel(1)) {
            StageExecutor model = load(file, kernel);
            for (JsonNode prompt : Tales.golden().get("prompts")) {
                int[] expected = Tales.ints(prompt.get("q8_0").get("token_ids"));
                int[] actual = greedy(model, file, Tales.ints(prompt.get("prompt_token_ids")), 64);
                int same = Arrays.mismatch(expected, actual);
                if (same >= 0) {
                    double margin = prompt.get("q8_0")
                            .get("top1_minus_top2_logit")
                            .get(same)
                            .asDouble();
                    assertEquals(0, margin, 0.1, prompt.get("prompt") + ": differs at " + same);
                }
            }
        }
    }

    @Test
    void kernelsGiveTheSameBitsOnWholeGenerations() throws IOException {
        try (GgufFile file = Tales.open();
                Kernel reference = new ReferenceKernel();
                Kernel vector = new VectorKernel(2)) {
            Tokenizer tokenizer = Tokenizers.of(file.metadata());
            StageExecutor one = load(file, reference);
            StageExecutor other = load(file, vector);
            int[] prompt = tokenizer.encode("The king had a daughter who", true, true);
            for (long seed = 1; seed <= 3; seed++) {
                GenerationOptions options = GenerationOptions.standard(seed, 60);
                GenerationResult a = new Generator(one, tokenizer, BUDGET).generate(prompt, options, s -> {});
                GenerationResult b = new Generator(other, tokenizer, BUDGET).generate(prompt, options, s -> {});
                assertArrayEquals(a.tokens(), b.tokens());
                assertArrayEquals(logits(one, prompt, a.tokens()), logits(other, prompt, b.tokens()));
            }
        }
    }

    private static float[] logits(StageExecutor model, int[] prompt, int[] tokens) {
        int[] all = Arrays.copyOf(prompt, prompt.length + tokens.length);
        System.arraycopy(tokens, 0, all, prompt.length, tokens.length);
        try (SequenceState sequence = model.newSequence(512, BUDGET)) {
            return model.forward(new Step(sequence, new StageInput.Tokens(all), LogitsWanted.ALL))
                    .logits();
        }
    }

    private static int[] greedy(StageExecutor model, GgufFile file, int[] prompt, int count) throws IOException {
        var options = new GenerationOptions(SamplerParameters.GREEDY, 0, count, false);
        return new Generator(model, Tokenizers.of(file.metadata()), BUDGET)
                .generate(prompt, options, s -> {})
                .tokens();
    }

    private static StageExecutor load(GgufFile file, Kernel kernel) throws IOException {
        return StageExecutor.load(file, ModelConfig.of(file).all(), kernel);
    }
}
