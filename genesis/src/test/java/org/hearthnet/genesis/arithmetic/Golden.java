package org.hearthnet.genesis.arithmetic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;

/** The golden vectors of arithmetic version 1, computed by another implementation in exact rational numbers. */
final class Golden {
    private Golden() {}

    static JsonNode read(String section) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("/arithmetic/golden-v1.json"))) {
            JsonNode all = new ObjectMapper().readTree(in);
            return Objects.requireNonNull(all.get(section), section);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(JsonNode node) {
        return HexFormat.of().parseHex(node.asText());
    }

    static float f(JsonNode node) {
        return Float.intBitsToFloat(Integer.parseUnsignedInt(node.asText(), 16));
    }

    /** A binary64 of sixteen digits. */
    static double d(JsonNode node) {
        return Double.longBitsToDouble(Long.parseUnsignedLong(node.asText(), 16));
    }

    static float[] floats(JsonNode node) {
        if (node.asText().isEmpty()) {
            return new float[0];
        }
        String[] words = node.asText().split(" ", -1);
        float[] out = new float[words.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i], 16));
        }
        return out;
    }

    /** The bits of a binary64. */
    static String hex(double value) {
        return String.format("%016x", Double.doubleToRawLongBits(value));
    }

    /** The bits, so that signed zeros are told apart. */
    static String hexes(float... values) {
        var out = new StringBuilder();
        for (float value : values) {
            out.append(out.isEmpty() ? "" : " ").append(String.format("%08x", Float.floatToRawIntBits(value)));
        }
        return out.toString();
    }
}
