package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.model.LlamaCpp;
import org.hearthnet.inference.model.Tales;
import org.hearthnet.inference.model.TalesInFormat;
import org.hearthnet.inference.token.Tokenizers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The trained model in every weight format, on a text that it was not trained on, beside llama.cpp and beside what the
 * weights mean: the same numbers as F32, met by activations that nobody quantises.
 *
 * <p>llama.cpp itself, which quantises activations too, names another likeliest token than those at 1 to 2 % of positions,
 * so nobody who computes otherwise than it can agree with it at 99 %. Where the likeliest token leads clearly, all agree.
 */
class TalesLlamaCppTest {
    /** The model's context. */
    private static final int WINDOW = 512;

    /** A lead, in logits, that the rounding of activations leaves standing nearly always. */
    private static final double CLEAR = 0.1;

    @TempDir
    private Path directory;

    /** Positions counted by what agrees there. */
    private static final class Count {
        int all;
        int same;
        int clear;
        int clearAndSame;
        int oursAsMeant;
        int theirsAsMeant;
        double logRatio;

        void add(TextScores ours, LlamaCppScores theirs, TextScores meant) {
            for (int i = 0; i < ours.top().length; i++) {
                int same = ours.top()[i] == theirs.top()[i] ? 1 : 0;
                int clear = meant.lead()[i] >= CLEAR ? 1 : 0;
                all++;
                this.same += same;
                this.clear += clear;
                clearAndSame += clear * same;
                oursAsMeant += ours.top()[i] == meant.top()[i] ? 1 : 0;
                theirsAsMeant += theirs.top()[i] == meant.top()[i] ? 1 : 0;
                logRatio += theirs.logProbability()[i] - ours.logProbability()[i];
            }
        }

        double of(int some) {
            return some / (double) all;
        }

        double perplexityRatio() {
            return Math.exp(logRatio / all);
        }
    }

    @BeforeAll
    static void requireLlamaCpp() {
        LlamaCpp.require();
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void logitsAgree(WeightFormat format) throws Exception {
        Count count = measure(format);
        System.out.printf(
                Locale.ROOT,
                "%s: likeliest token as llama.cpp's %.4f of %d positions, %.4f of %d clear ones; as meant %.4f,"
                        + " llama.cpp's %.4f; perplexity %.5f of llama.cpp's%n",
                format,
                count.of(count.same),
                count.all,
                count.clearAndSame / (double) count.clear,
                count.clear,
                count.of(count.oursAsMeant),
                count.of(count.theirsAsMeant),
                count.perplexityRatio());
        assertTrue(count.of(count.same) >= (format.isQuantized() ? 0.975 : 0.99));
        assertTrue(count.clearAndSame >= 0.99 * count.clear);
        assertTrue(count.of(count.oursAsMeant) >= count.of(count.theirsAsMeant) - 0.005);
        assertEquals(1, count.perplexityRatio(), 0.005);
    }

    private Count measure(WeightFormat format) throws Exception {
        Path path = directory.resolve("tales-" + format + ".gguf");
        Path meantPath = directory.resolve("meant-" + format + ".gguf");
        TalesInFormat.write(format, path);
        TalesInFormat.writeMeant(format, meantPath);
        List<int[]> windows = windows();
        List<TextScores> ours = TextScores.of(path, windows);
        List<TextScores> meant = TextScores.of(meantPath, windows);
        List<LlamaCppScores> theirs = LlamaCppScores.of(
                windows.stream().map(w -> new LlamaCppScores.Text(path, w)).toList());
        var count = new Count();
        for (int w = 0; w < windows.size(); w++) {
            count.add(ours.get(w), theirs.get(w), meant.get(w));
        }
        return count;
    }

    private static List<int[]> windows() throws IOException {
        try (GgufFile file = Tales.open()) {
            int[] tokens = Tokenizers.of(file.metadata()).encode(Tales.tale(), true, true);
            var windows = new ArrayList<int[]>();
            for (int from = 0; from < tokens.length - 1; from += WINDOW) {
                windows.add(Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + WINDOW)));
            }
            return windows;
        }
    }
}
