package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Amount;

/** Documents as lines for people. */
final class JsonText {
    /** Longest value that is shown whole; {@code --json} shows all. */
    private static final int MAX_VALUE = 130;

    private JsonText() {}

    /** One line a value: {@code name  value}, inner names joined by dots. */
    static void print(Output output, JsonNode document) {
        List<String[]> lines = new ArrayList<>();
        flatten("", document, lines);
        int width = lines.stream().mapToInt(l -> l[0].length()).max().orElse(0);
        lines.forEach(l -> output.line("%s", l[0] + " ".repeat(width - l[0].length() + 2) + l[1]));
    }

    private static void flatten(String name, JsonNode node, List<String[]> out) {
        String prefix = name.isEmpty() ? "" : name + ".";
        if (node.isObject()) {
            node.properties().forEach(e -> flatten(prefix + e.getKey(), e.getValue(), out));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(name + "[" + i + "]", node.get(i), out);
            }
        } else {
            String value = node.isArray() ? "none" : node.asText();
            out.add(new String[] {name, value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "..."});
        }
    }

    /** The amount under {@code pointer}, in credits. */
    static String credits(JsonNode document, String pointer) {
        return Amount.of(document.at(pointer).asLong()).toString();
    }
}
