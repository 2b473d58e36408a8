package org.hearthnet.node.chat;

import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.hearthnet.inference.token.Tokenizer;
import org.jspecify.annotations.Nullable;

/** Python's string methods, as templates call them on strings; all others are left to the next resolver. */
final class PythonStrings extends ELResolver {
    private static final int MAX_RESULT = 4 * Tokenizer.MAX_TEXT;
    private static final String WHITE_SPACE = " \t\n\r\f\u000b";

    @Override
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            @Nullable Object method,
            Class<?> @Nullable [] types,
            Object @Nullable [] arguments) {
        if (!(base instanceof String text) || method == null) {
            return null;
        }
        Object[] given = arguments == null ? new Object[0] : arguments;
        Object result = call(text, method.toString(), given);
        if (result != null) {
            context.setPropertyResolved(true);
        }
        return result;
    }

    private static @Nullable Object call(String text, String method, Object[] arguments) {
        return switch (method) {
            case "startswith" -> text.startsWith(argument(arguments, 0, ""));
            case "endswith" -> text.endsWith(argument(arguments, 0, ""));
            case "strip" -> right(left(text, argument(arguments, 0, WHITE_SPACE)), argument(arguments, 0, WHITE_SPACE));
            case "lstrip" -> left(text, argument(arguments, 0, WHITE_SPACE));
            case "rstrip" -> right(text, argument(arguments, 0, WHITE_SPACE));
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "capitalize" ->
                text.isEmpty()
                        ? ""
                        : text.substring(0, 1).toUpperCase(Locale.ROOT)
                                + text.substring(1).toLowerCase(Locale.ROOT);
            case "replace" -> replace(text, argument(arguments, 0, ""), argument(arguments, 1, ""));
            case "split" -> split(text, argument(arguments, 0, ""));
            case "find" -> (long) text.indexOf(argument(arguments, 0, ""));
            case "count" -> (long) split(text, argument(arguments, 0, "")).size() - 1;
            default -> null;
        };
    }

    private static String replace(String text, String old, String by) {
        long count = old.isEmpty() ? text.length() + 1L : split(text, old).size() - 1L;
        if (text.length() + count * (by.length() - (long) old.length()) > MAX_RESULT) {
            throw new TemplateFunctions.Refused("replace makes a text of more than " + MAX_RESULT + " characters");
        }
        return text.replace(old, by);
    }

    private static String argument(Object[] arguments, int index, String standard) {
        return index < arguments.length && arguments[index] != null ? arguments[index].toString() : standard;
    }

    private static String left(String text, String characters) {
        int at = 0;
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.substring(at);
    }

    private static String right(String text, String characters) {
        int at = text.length();
        while (at > 0 && characters.indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return text.substring(0, at);
    }

    private static List<String> split(String text, String by) {
        if (by.isEmpty()) {
            return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
        }
        List<String> out = new ArrayList<>();
        int at = 0;
        for (int next = text.indexOf(by); next >= 0; next = text.indexOf(by, at)) {
            out.add(text.substring(at, next));
            at = next + by.length();
        }
        out.add(text.substring(at));
        return out;
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
        // strings have no properties
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
        return true;
    }

    @Override
    public @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return null;
    }

    @Override
    public @Nullable Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return null;
    }
}
