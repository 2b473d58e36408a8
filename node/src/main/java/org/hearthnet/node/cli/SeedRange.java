package org.hearthnet.node.cli;

import java.util.stream.LongStream;

/** What {@code --seeds A..B} says, B included. */
record SeedRange(long first, long last) {
    /** @throws CommandException if {@code text} is neither a number nor two in order */
    static SeedRange parse(String text) {
        if (!text.matches("[0-9]{1,15}(\\.\\.[0-9]{1,15})?")) {
            throw CommandException.usage("--seeds must be a number or two, such as 0..499");
        }
        int dots = text.indexOf("..");
        long first = Long.parseLong(dots < 0 ? text : text.substring(0, dots));
        long last = dots < 0 ? first : Long.parseLong(text.substring(dots + 2));
        if (first > last) {
            throw CommandException.usage("--seeds " + text + " is empty");
        }
        return new SeedRange(first, last);
    }

    long count() {
        return last - first + 1;
    }

    LongStream stream() {
        return LongStream.rangeClosed(first, last);
    }
}
