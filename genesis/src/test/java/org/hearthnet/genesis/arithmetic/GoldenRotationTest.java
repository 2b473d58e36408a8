package org.hearthnet.genesis.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rotations against the golden vectors, from the binary64 functions up. */
class GoldenRotationTest {
    /** That {@link StrictMath} is what appendix A of the specification says. */
    @Test
    void functions() {
        JsonNode functions = Golden.read("functions");
        for (JsonNode item : functions.get("power")) {
            double z = StrictMath.pow(Golden.d(item.get("x")), Golden.d(item.get("y")));
            assertEquals(item.get("z").asText(), Golden.hex(z));
        }
        for (JsonNode item : functions.get("circle")) {
            double angle = Golden.d(item.get("angle"));
            assertEquals(item.get("cosine").asText(), Golden.hex(StrictMath.cos(angle)), "cos " + angle);
            assertEquals(item.get("sine").asText(), Golden.hex(StrictMath.sin(angle)), "sin " + angle);
        }
    }

    @Test
    void rotations() {
        for (JsonNode item : Golden.read("rope")) {
            RopeParameters rope = parameters(item);
            int position = item.get("position").asInt();
            int pairs = rope.dimensions() / 2;
            String[] frequencies = item.get("frequencies").asText().split(" ", -1);
            float[] angles = new float[2 * pairs];
            for (int i = 0; i < pairs; i++) {
                assertEquals(frequencies[i], Golden.hex(rope.angle(1, i)));
                angles[2 * i] = Rope.cosine(rope, position, i);
                angles[2 * i + 1] = Rope.sine(rope, position, i);
            }
            assertEquals(item.get("angles").asText(), Golden.hexes(angles));
            float[] x = Golden.floats(item.get("x"));
            Rope.rotate(rope, x, 0, position);
            assertEquals(item.get("y").asText(), Golden.hexes(x));
        }
    }

    private static RopeParameters parameters(JsonNode item) {
        List<Float> factors = new ArrayList<>();
        for (float factor : Golden.floats(item.get("factors"))) {
            factors.add(factor);
        }
        return new RopeParameters(
                RopeLayout.valueOf(item.get("layout").asText()),
                item.get("dimensions").asInt(),
                Golden.f(item.get("base")),
                Golden.f(item.get("scale")),
                factors);
    }
}
