package org.hearthnet.genesis.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
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
            assertEquals(item.get("scale").asText(), Golden.hex(scale));
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
            byte[] row = HexFormat.of().parseHex(item.get("row").asText());
            float y = MatrixRow.apply(WeightFormat.valueOf(item.get("type").asText()), x, row);
            assertEquals(item.get("y").asText(), Golden.hex(y), item.get("type").asText());
        }
    }

    @Test
    void exponential() {
        JsonNode item = Golden.read("exp");
        float[] y = Golden.floats(item.get("x"));
        for (int i = 0; i < y.length; i++) {
            y[i] = Exponential.exp(y[i]);
        }
        assertEquals(item.get("y").asText(), Golden.hex(y));
    }

    @Test
    void norm() {
        for (JsonNode item : Golden.read("norm")) {
            float[] x = Golden.floats(item.get("x"));
            float[] y = new float[x.length];
            RmsNorm.apply(x, 0, x.length, Golden.floats(item.get("weight")), Golden.f(item.get("epsilon")), y, 0);
            assertEquals(item.get("y").asText(), Golden.hex(y));
        }
    }

    @Test
    void rope() {
        for (JsonNode item : Golden.read("rope")) {
            float[] x = Golden.floats(item.get("x"));
            int position = item.get("position").asInt();
            RopeParameters rope = RopeParameters.plain(
                    RopeLayout.INTERLEAVED, item.get("dimensions").asInt(), Golden.f(item.get("base")));
            Rope.rotate(rope, x, 0, position);
            assertEquals(item.get("y").asText(), Golden.hex(x));
        }
    }

    @Test
    void attention() {
        for (JsonNode item : Golden.read("attention")) {
            float[] query = Golden.floats(item.get("query"));
            float[] scores = new float[item.get("keys").size()];
            for (int p = 0; p < scores.length; p++) {
                float[] key = Golden.floats(item.get("keys").get(p));
                scores[p] = Attention.score(query, key, Attention.scale(query.length));
            }
            assertEquals(item.get("scores").asText(), Golden.hex(scores));
            float[] weights = Attention.weights(scores);
            assertEquals(item.get("weights").asText(), Golden.hex(weights));
            float[] column = Golden.floats(item.get("column"));
            assertEquals(item.get("mix").asText(), Golden.hex(Attention.mix(weights, column)));
        }
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
        assertEquals(item.get("y").asText(), Golden.hex(y));
    }

    @Test
    void halfPrecision() {
        JsonNode item = Golden.read("half");
        float[] x = Golden.floats(item.get("x"));
        for (int i = 0; i < x.length; i++) {
            String bits = String.format("%04x", Half.round(x[i], "x") & 0xFFFF);
            assertEquals(item.get("bits").get(i).asText(), bits);
        }
    }

    @Test
    void uniformNumbers() {
        for (JsonNode item : Golden.read("uniform")) {
            long seed = Long.parseUnsignedLong(item.get("seed").asText(), 16);
            float u = Philox.uniform(seed, item.get("position").asInt());
            assertEquals(item.get("u").asText(), Golden.hex(u));
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
