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
        LocalDate day = LocalDate.now();
        var out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%' || i + 1 == format.length()) {
                out.append(format.charAt(i));
                continue;
            }
            i++;
            String pattern = switch (format.charAt(i)) {
                case 'd' -> "dd";
                case 'b' -> "MMM";
                case 'B' -> "MMMM";
                case 'm' -> "MM";
                case 'Y' -> "yyyy";
                default -> throw new Refused("strftime_now does not know the format " + format);
            };
            out.append(day.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)));
        }
        return out.toString();
    }
}
