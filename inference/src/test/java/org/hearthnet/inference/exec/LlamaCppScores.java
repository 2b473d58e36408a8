package org.hearthnet.inference.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hearthnet.inference.model.LlamaCpp;

/**
 * What llama.cpp says to a text, teacher-forced, at every position but the last.
 *
 * @param top the likeliest next token
 * @param logProbability natural logarithm of the probability of the token that follows
 */
@SuppressWarnings("ArrayRecordComponent")
record LlamaCppScores(int[] top, double[] logProbability) {
    /** A text for a model in a file. */
    record Text(Path model, int[] tokens) {}

    /** Scores of each text, from an empty cache. */
    static List<LlamaCppScores> of(List<Text> texts) throws Exception {
        var models = texts.stream()
                .map(text -> Map.of("path", text.model.toString(), "tokens", text.tokens))
                .toList();
        JsonNode answers =
                LlamaCpp.run(List.of("score.mjs"), new ObjectMapper().writeValueAsString(Map.of("models", models)));
        return answers.valueStream().map(LlamaCppScores::of).toList();
    }

    private static LlamaCppScores of(JsonNode positions) {
        return new LlamaCppScores(
                positions.valueStream().mapToInt(each -> each.get(0).asInt()).toArray(),
                positions
                        .valueStream()
                        .mapToDouble(each -> each.get(1).asDouble())
                        .toArray());
    }
}
