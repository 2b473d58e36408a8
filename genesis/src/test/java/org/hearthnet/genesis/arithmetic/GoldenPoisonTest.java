package org.hearthnet.genesis.arithmetic;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Operations that the golden vectors give no result must not have one. */
class GoldenPoisonTest {
    @Test
    void nothingComesOfPoison() {
        for (JsonNode item : Golden.read("poison")) {
            assertThrows(PoisonException.class, () -> perform(item), item::toString);
        }
    }

    private static void perform(JsonNode item) {
        switch (item.get("operation").asText()) {
            case "row" -> MatrixRow.apply(format(item), floats(item, "x"), Golden.bytes(item.get("row")));
            case "embedding" -> EmbeddingRow.read(format(item), Golden.bytes(item.get("row")), new float[256], 0);
            case "quantize" -> BlockQuantizer.quantize(floats(item, "x"), 0, new byte[32], 0);
            case "residual" -> Elementwise.residual(floats(item, "a")[0], floats(item, "b")[0]);
            case "gated" -> Elementwise.gated(floats(item, "gate")[0], floats(item, "up")[0]);
            case "softmax" -> Attention.weights(floats(item, "scores"));
            case "mix" -> Attention.mix(floats(item, "weights"), floats(item, "column"));
            case "score" -> {
                float[] query = floats(item, "query");
                Attention.score(query, floats(item, "key"), Attention.scale(query.length));
            }
            case "sample" -> Sampler.sample(floats(item, "logits"), SamplerParameters.GREEDY, 0, 0);
            case "half" -> Half.round(floats(item, "x")[0], "x");
            case "norm" -> {
                float[] x = floats(item, "x");
                float[] weight = floats(item, "weight");
                RmsNorm.apply(x, 0, x.length, weight, floats(item, "epsilon")[0], new float[x.length], 0);
            }
            default -> throw new AssertionError("no such operation: " + item);
        }
    }

    private static WeightFormat format(JsonNode item) {
        return WeightFormat.valueOf(item.get("type").asText());
    }

    private static float[] floats(JsonNode item, String name) {
        return Golden.floats(item.get(name));
    }
}
