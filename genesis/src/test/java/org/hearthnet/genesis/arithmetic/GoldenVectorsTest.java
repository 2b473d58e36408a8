package org.hearthnet.genesis.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every operation against the golden vectors, bit for bit. */
class GoldenVectorsTest {
    @Test
    void quantisation() {
        for (JsonNode item : Golden.read("quantize")) {
            byte[] quants = new byte[32];
            float scale = BlockQuantizer.quantize(Golden.floats(item.get("x")), 0, quants, 0);
            assertEquals(item.get("scale").asText(), Golden.hexes(scale));
            String text = IntStream.range(0, 32)
                    .mapToObj(i -> Byte.toString(quants[i]))
                    .collect(Collectors.joining(" "));
            assertEquals(item.get("quants").asText(), text);
        }
    }

    @Test
    void matrixRows() {
        for (JsonNode item : Golden.read("rows")) {
            float[] x = Golden.floats(item.get("x"));
            byte[] row = Golden.bytes(item.get("row"));
            float y = MatrixRow.apply(WeightFormat.valueOf(item.get("type").asText()), x, row);
            assertEquals(
                    item.get("y").asText(), Golden.hexes(y), item.get("type").asText());
        }
    }

    @Test
    void embeddingRows() {
        for (JsonNode item : Golden.read("embedding")) {
            byte[] row = Golden.bytes(item.get("row"));
            WeightFormat format = WeightFormat.valueOf(item.get("type").asText());
            float[] y = new float[row.length / format.blockBytes() * format.blockElements()];
            EmbeddingRow.read(format, row, y, 0);
            assertEquals(item.get("y").asText(), Golden.hexes(y), format.name());
        }
    }

    @Test
    void exponential() {
        JsonNode item = Golden.read("exp");
        float[] y = Golden.floats(item.get("x"));
        for (int i = 0; i < y.length; i++) {
            y[i] = Exponential.exp(y[i]);
        }
        assertEquals(item.get("y").asText(), Golden.hexes(y));
    }

    @Test
    void norm() {
        for (JsonNode item : Golden.read("norm")) {
            float[] x = Golden.floats(item.get("x"));
            float[] y = new float[x.length];
            RmsNorm.apply(x, 0, x.length, Golden.floats(item.get("weight")), Golden.f(item.get("epsilon")), y, 0);
            assertEquals(item.get("y").asText(), Golden.hexes(y));
        }
    }

    @Test
    void headNorms() {
        for (JsonNode item : Golden.read("headNorms")) {
            float[] x = Golden.floats(item.get("x"));
            float[] weight = Golden.floats(item.get("weight"));
            float[] y = new float[x.length];
            for (int at = 0; at < x.length; at += weight.length) {
                RmsNorm.apply(x, at, weight.length, weight, Golden.f(item.get("epsilon")), y, at);
            }
            assertEquals(item.get("y").asText(), Golden.hexes(y));
        }
    }

    @Test
    void attention() {
        for (JsonNode item : Golden.read("attention")) {
            float[] query = Golden.floats(item.get("query"));
            float[] scores = new float[item.get("keys").size()];
            int first = Attention.first(scores.length - 1, item.get("window").asInt());
            for (int p = first; p < scores.length; p++) {
                float[] key = Golden.floats(item.get("keys").get(p));
                scores[p] = Attention.score(query, key, Attention.scale(query.length));
            }
            assertEquals(item.get("scores").asText(), Golden.hexes(scores));
            Attention.weights(scores, 0, scores.length, first);
            assertEquals(item.get("weights").asText(), Golden.hexes(scores));
            float[] column = Golden.floats(item.get("column"));
            assertEquals(item.get("mix").asText(), Golden.hexes(Attention.mix(scores, column)));
        }
    }

    @Test
    void residualSums() {
        JsonNode item = Golden.read("residual");
        float[] a = Golden.floats(item.get("a"));
        float[] b = Golden.floats(item.get("b"));
        for (int i = 0; i < a.length; i++) {
            a[i] = Elementwise.residual(a[i], b[i]);
        }
        assertEquals(item.get("y").asText(), Golden.hexes(a));
    }

    @Test
    void gatedActivation() {
        JsonNode item = Golden.read("gated");
        float[] gate = Golden.floats(item.get("gate"));
        float[] up = Golden.floats(item.get("up"));
        float[] y = new float[gate.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Elementwise.gated(gate[i], up[i]);
        }
        assertEquals(item.get("y").asText(), Golden.hexes(y));
    }

    @Test
    void halfPrecision() {
        JsonNode item = Golden.read("half");
        float[] x = Golden.floats(item.get("x"));
        String[] bits = item.get("bits").asText().split(" ", -1);
        for (int i = 0; i < x.length; i++) {
            assertEquals(bits[i], String.format("%04x", Half.round(x[i], "x") & 0xFFFF));
        }
    }

    @Test
    void uniformNumbers() {
        for (JsonNode item : Golden.read("uniform")) {
            long seed = Long.parseUnsignedLong(item.get("seed").asText(), 16);
            float u = Philox.uniform(seed, item.get("position").asInt());
            assertEquals(item.get("u").asText(), Golden.hexes(u));
        }
    }

    @Test
    void sampling() {
        for (JsonNode item : Golden.read("sampler")) {
            var parameters = new SamplerParameters(
                    Golden.f(item.get("temperature")), item.get("topK").asInt(), Golden.f(item.get("topP")));
            long seed = Long.parseUnsignedLong(item.get("seed").asText(), 16);
            float[] logits = Golden.floats(item.get("logits"));
            int token = Sampler.sample(
                    logits, parameters, seed, item.get("position").asInt());
            assertEquals(item.get("token").asInt(), token, parameters + " " + Arrays.toString(logits));
        }
    }
}
