package org.hearthnet.inference.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hearthnet.genesis.arithmetic.Sampler;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.VectorKernel;

/** Compares teacher-forced logits with llama.cpp's: position by position, and by perplexity. */
final class LogitAgreement {
    private static final int POSITIONS = 384;
    private static final SamplerParameters SAMPLER = new SamplerParameters(1f, 0, 1f);

    private record Case(String name, Path path, int[] tokens, float[] logits) {
        float[] at(int position) {
            int vocabulary = logits.length / tokens.length;
            return Arrays.copyOfRange(logits, position * vocabulary, (position + 1) * vocabulary);
        }
    }

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

    /** A generated model on text that it drew itself, so that the perplexity means something. */
    void add(RandomModel model, long seed) throws IOException {
        Path path = directory.resolve(model.kind() + "-" + model.type() + ".gguf");
        model.write(path, seed);
        try (GgufFile file = GgufFile.open(path);
                Kernel kernel = new VectorKernel(2)) {
            StageExecutor engine = Runs.whole(file, kernel);
            int[] tokens = draw(engine, seed);
            cases.add(new Case(model.kind() + " " + model.type(), path, tokens, Runs.atOnce(engine, tokens)));
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
        List<LlamaCppScores> answers = LlamaCppScores.of(cases.stream()
                .map(c -> new LlamaCppScores.Text(c.path, c.tokens))
                .toList());
        int same = 0;
        int scored = 0;
        double ours = 0;
        double theirs = 0;
        for (int m = 0; m < cases.size(); m++) {
            Case each = cases.get(m);
            int sameHere = 0;
            double oursHere = 0;
            double theirsHere = 0;
            int positions = each.tokens.length - 1;
            for (int i = 0; i < positions; i++) {
                float[] logits = each.at(i);
                sameHere += Sampler.sample(logits, SamplerParameters.GREEDY, 0, 0)
                                == answers.get(m).top()[i]
                        ? 1
                        : 0;
                oursHere -= Perplexity.logProbability(logits, 0, logits.length, each.tokens[i + 1]);
                theirsHere -= answers.get(m).logProbability()[i];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: same likeliest token %.4f, perplexity %.4f, llama.cpp %.4f%n",
                    each.name,
                    sameHere / (double) positions,
                    Math.exp(oursHere / positions),
                    Math.exp(theirsHere / positions));
            same += sameHere;
            scored += positions;
            ours += oursHere;
            theirs += theirsHere;
        }
        return new Result(same / (double) scored, Math.exp((ours - theirs) / scored));
    }
}
