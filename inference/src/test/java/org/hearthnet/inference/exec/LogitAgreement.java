package org.hearthnet.inference.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.Sampler;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.model.LlamaCpp;

/**
 * Compares logits of generated models with llama.cpp's, teacher-forced on text that the model itself drew, so that the
 * perplexity means something.
 */
final class LogitAgreement {
    private static final int POSITIONS = 384;
    private static final SamplerParameters SAMPLER = new SamplerParameters(1f, 0, 1f);

    private record Case(RandomModel model, Path path, int[] tokens, float[] logits) {}

    /**
     * @param sameTop share of positions with the same likeliest token
     * @param perplexityRatio our perplexity over llama.cpp's
     */
    record Result(double sameTop, double perplexityRatio) {}

    private final Path directory;
    private final List<Case> cases = new ArrayList<>();

    LogitAgreement(Path directory) {
        this.directory = directory;
    }

    void add(RandomModel model, long seed) throws IOException {
        Path path = directory.resolve(model.kind() + "-" + model.type() + ".gguf");
        model.write(path, seed);
        try (GgufFile file = GgufFile.open(path);
                Kernel kernel = new VectorKernel(2)) {
            StageExecutor engine = Runs.whole(file, kernel);
            int[] tokens = draw(engine, seed);
            cases.add(new Case(model, path, tokens, Runs.atOnce(engine, tokens)));
        }
    }

    private static int[] draw(StageExecutor engine, long seed) {
        int[] tokens = new int[POSITIONS];
        tokens[0] = RandomModel.END;
        try (SequenceState sequence = engine.newSequence(POSITIONS, Runs.BUDGET)) {
            for (int i = 0; i + 1 < POSITIONS; i++) {
                var input = new StageInput.Tokens(new int[] {tokens[i]});
                float[] logits = engine.forward(new Step(sequence, input, LogitsWanted.LAST))
                        .logits();
                tokens[i + 1] = Sampler.sample(logits, SAMPLER, seed, i);
            }
        }
        return tokens;
    }

    Result measure() throws Exception {
        var models = cases.stream()
                .map(c -> Map.of("path", c.path.toString(), "tokens", c.tokens))
                .toList();
        JsonNode answers =
                LlamaCpp.run(List.of("score.mjs"), new ObjectMapper().writeValueAsString(Map.of("models", models)));
        int same = 0;
        int scored = 0;
        double ours = 0;
        double theirs = 0;
        for (int m = 0; m < cases.size(); m++) {
            Case each = cases.get(m);
            int sameHere = 0;
            double oursHere = 0;
            double theirsHere = 0;
            for (int i = 0; i + 1 < POSITIONS; i++) {
                float[] logits =
                        Arrays.copyOfRange(each.logits, i * RandomModel.VOCABULARY, (i + 1) * RandomModel.VOCABULARY);
                sameHere += Sampler.sample(logits, SamplerParameters.GREEDY, 0, 0)
                                == answers.get(m).get(i).get(0).asInt()
                        ? 1
                        : 0;
                oursHere -= Perplexity.logProbability(logits, 0, logits.length, each.tokens[i + 1]);
                theirsHere -= answers.get(m).get(i).get(1).asDouble();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s %s: same likeliest token %.4f, perplexity %.4f, llama.cpp %.4f%n",
                    each.model.kind(),
                    each.model.type(),
                    sameHere / (POSITIONS - 1.0),
                    Math.exp(oursHere / (POSITIONS - 1)),
                    Math.exp(theirsHere / (POSITIONS - 1)));
            same += sameHere;
            scored += POSITIONS - 1;
            ours += oursHere;
            theirs += theirsHere;
        }
        return new Result(same / (double) scored, Math.exp((ours - theirs) / scored));
    }
}
