package org.hearthnet.node.chat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites the few constructs of HF templates that the template engine reads differently from Python's Jinja, and refuses
 * those it would misread without a word.
 */
final class TemplateDialect {
    /** A loop with a condition: the engine would silently loop over nothing. */
    private static final Pattern FILTERED_LOOP = Pattern.compile("\\{%-?\\s*for\\s[^%]*?\\sif\\s");

    /** Marks where training starts; nothing else. */
    private static final Pattern GENERATION = Pattern.compile("\\{%-?\\s*(end)?generation\\s*-?%}");

    /** Part of the name under which the engine lets expressions see its interpreter (CVE-2025-59340). */
    private static final String INTERPRETER = "int3rpr3t3r";

    private static final String NAMESPACE = "namespace(";

    private TemplateDialect() {}

    static String toJinjava(String template) throws ChatTemplateException {
        if (template.contains(INTERPRETER)) {
            throw new ChatTemplateException("the template reaches for the template engine itself: " + INTERPRETER);
        }
        Matcher loop = FILTERED_LOOP.matcher(template);
        if (loop.find()) {
            throw new ChatTemplateException("loops with a condition are not supported: " + loop.group());
        }
        String out = GENERATION.matcher(template).replaceAll("");
        return parenthesise(out.replace("[::-1]", "|reverse"));
    }

    /** {@code namespace(a=x|f - 1)} is read as {@code (a=x|f) - 1}: each value gets parentheses. */
    private static String parenthesise(String template) throws ChatTemplateException {
        var out = new StringBuilder();
        int at = 0;
        for (int next = template.indexOf(NAMESPACE); next >= 0; next = template.indexOf(NAMESPACE, at)) {
            int open = next + NAMESPACE.length();
            out.append(template, at, open);
            at = arguments(template, open, out);
        }
        return out.append(template, at, template.length()).toString();
    }

    /** Copies arguments up to the closing parenthesis, which is left to the caller; returns its index. */
    private static int arguments(String template, int from, StringBuilder out) throws ChatTemplateException {
        int depth = 0;
        char quote = 0;
        boolean value = false;
        for (int i = from; i < template.length(); i++) {
            char c = template.charAt(i);
            boolean ends = quote == 0 && depth == 0 && (c == ',' || c == ')');
            if (ends && value) {
                out.append(')');
                value = false;
            }
            if (ends && c == ')') {
                return i;
            }
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            }
            out.append(c);
            if (quote == 0 && depth == 0 && !value && c == '=') {
                out.append('(');
                value = true;
            }
        }
        throw new ChatTemplateException("namespace( is never closed");
    }
}
