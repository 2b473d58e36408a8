package org.hearthnet.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.spec.SpecJson;
import picocli.CommandLine.Option;

/** Where a command's result goes: a table for people, or with {@code --json} one document for programs. */
final class Output {
    @Option(names = "--json", description = "Print one JSON document instead of text.")
    private boolean json;

    private final PrintStream out = System.out;

    /** Whether a program is reading. */
    boolean isJson() {
        return json;
    }

    /** Prints {@code document} as JSON if asked for, else runs {@code text}. */
    void print(Object document, Runnable text) {
        if (!json) {
            text.run();
            return;
        }
        try {
            out.println(SpecJson.mapper().writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that is no JSON", e);
        }
    }

    /** One line for people; nothing with {@code --json}. */
    void line(String format, Object... arguments) {
        if (!json) {
            out.println(arguments.length == 0 ? format : String.format(java.util.Locale.ROOT, format, arguments));
        }
    }

    /** The fields of a document, one a line, nested ones indented. */
    void fields(JsonNode document) {
        fields(document, "");
    }

    private void fields(JsonNode document, String indent) {
        int width = 0;
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            width = Math.max(width, field.getKey().length());
        }
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            JsonNode value = field.getValue();
            String name = indent + field.getKey();
            if (value.isContainerNode() && !value.isEmpty()) {
                out.println(name);
                fields(value, indent + "  ");
            } else {
                out.println(name
                        + " ".repeat(width + 2 - field.getKey().length())
                        + (value.isContainerNode() ? "none" : value.asText()));
            }
        }
        if (document.isArray()) {
            for (JsonNode element : document) {
                if (element.isContainerNode()) {
                    out.println(indent + "-");
                    fields(element, indent + "  ");
                } else {
                    out.println(indent + "- " + element.asText());
                }
            }
        }
    }

    /** A table whose columns are as wide as they need to be; columns of numbers are set to the right. */
    void table(List<String> header, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        int[] width = new int[header.size()];
        boolean[] numeric = new boolean[header.size()];
        Arrays.fill(numeric, true);
        for (List<String> row : all) {
            for (int i = 0; i < width.length; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
                numeric[i] &= row == header || row.get(i).matches("-?[0-9., %]*");
            }
        }
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < width.length; i++) {
                String pad = " ".repeat(width[i] - row.get(i).length());
                line.append(numeric[i] ? pad + row.get(i) : row.get(i) + pad).append("  ");
            }
            out.println(line.toString().stripTrailing());
            if (row == header) {
                out.println("-".repeat(line.length() - 2));
            }
        }
    }
}
