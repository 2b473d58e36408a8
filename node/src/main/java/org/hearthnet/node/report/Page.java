package org.hearthnet.node.report;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page out of a template of this room. Every text is escaped before it reaches the template, so none can be forgotten. */
final class Page {
    private final Jinjava engine = new Jinjava(JinjavaConfig.newBuilder()
            .withTrimBlocks(true)
            .withLstripBlocks(true)
            .withFailOnUnknownTokens(true)
            .withNestedInterpretationEnabled(false) // else a label could be a template
            .build());
    private final String template;

    /** The template in the resource {@code name}. */
    Page(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is not whole: " + name + " is missing");
            }
            this.template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program is not whole: " + name + " cannot be read", e);
        }
    }

    /** Renders it with {@code values}: texts, numbers, booleans, lists and maps of these. */
    String render(Map<String, Object> values) {
        RenderResult result = engine.renderForResult(template, map(values));
        for (TemplateError error : result.getErrors()) {
            throw new IllegalStateException(
                    "the template is wrong: line " + error.getLineno() + ": " + error.getMessage());
        }
        return result.getOutput();
    }

    private static Map<String, Object> map(Map<?, ?> values) {
        Map<String, Object> out = new LinkedHashMap<>();
        values.forEach((key, value) -> out.put(String.valueOf(key), escaped(value)));
        return out;
    }

    private static Object escaped(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map(map);
            case List<?> list -> list.stream().map(Page::escaped).toList();
            case Number number -> number;
            case Boolean flag -> flag;
            default -> text(value.toString());
        };
    }

    /** Characters that mean something in HTML, in text and in attributes. */
    static String text(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (c < 0x20 && c != '\n' && c != '\t') {
                        out.append('\uFFFD');
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
