package org.hearthnet.node.log;

import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The log of one room: {@code time level room message}. */
public final class NodeLog {
    private static final String ROOT = "org.hearthnet.node";

    /** Longest line; what peers say ends up in messages, and a peer must not fill the disk. */
    private static final int MAX_LINE = 500;

    private final Logger logger;

    private NodeLog(Logger logger) {
        this.logger = logger;
    }

    /** The log of the room called {@code room}. */
    public static NodeLog of(String room) {
        return new NodeLog(Logger.getLogger(ROOT + "." + room));
    }

    /** Sends everything to standard error in one line each; from libraries warnings only. */
    public static void install(boolean verbose) {
        install(verbose ? Level.FINE : Level.INFO);
    }

    /** The same with warnings only, for commands whose own output people want to read. */
    public static void installQuiet() {
        install(Level.WARNING);
    }

    private static void install(Level level) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        console.setFormatter(new OneLine());
        root.addHandler(console);
        root.setLevel(Level.WARNING);
        Logger.getLogger(ROOT).setLevel(level);
    }

    /** Something that people want to follow. */
    public void info(String format, @Nullable Object... arguments) {
        log(Level.INFO, format, arguments);
    }

    /** Something that should not be, but that this node can live with. */
    public void warn(String format, @Nullable Object... arguments) {
        log(Level.WARNING, format, arguments);
    }

    /** A detail, shown with {@code --verbose} only. */
    public void debug(String format, @Nullable Object... arguments) {
        log(Level.FINE, format, arguments);
    }

    private void log(Level level, String format, @Nullable Object... arguments) {
        if (logger.isLoggable(level)) {
            logger.log(level, arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
        }
    }

    /** The one-line form; control characters are replaced, so that a message cannot forge a line. */
    static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord record) {
            String name = String.valueOf(record.getLoggerName());
            String room = name.substring(name.lastIndexOf('.') + 1);
            String message = String.valueOf(record.getMessage());
            if (record.getThrown() != null) {
                message += ": " + record.getThrown();
            }
            message = message.replaceAll("\\p{Cntrl}", "?");
            if (message.length() > MAX_LINE) {
                message = message.substring(0, MAX_LINE) + "...";
            }
            return String.format(
                    Locale.ROOT,
                    "%tT.%<tL %-5s %-8s %s%n",
                    record.getMillis(),
                    levelName(record.getLevel()),
                    room,
                    message);
        }

        private static String levelName(Level level) {
            return level.intValue() >= Level.WARNING.intValue() ? "WARN" : level == Level.INFO ? "INFO" : "DEBUG";
        }
    }
}
