package org.hearthnet.node.chat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The functions of HF's dialect. Public because the template engine calls them by reflection. */
public final class TemplateFunctions {
    private TemplateFunctions() {}

    /** Thrown by {@code raise_exception}. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** {@code raise_exception(message)}: the template refuses the conversation. */
    public static String raise(String message) {
        throw new Refused(message);
    }

    /**
     * {@code strftime_now(format)} in the forms that templates use. The day is the caller's, so that the same conversation
     * on another day is another prompt.
     */
    public static String date(String format) {
        String pattern = format.replace("%d", "dd")
                .replace("%b", "MMM")
                .replace("%B", "MMMM")
                .replace("%Y", "yyyy")
                .replace("%m", "MM");
        if (pattern.contains("%")) {
            throw new Refused("strftime_now does not know the format " + format);
        }
        return LocalDate.now().format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }
}
