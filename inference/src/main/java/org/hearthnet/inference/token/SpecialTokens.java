package org.hearthnet.inference.token;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds names of control and user-defined tokens in text: the leftmost, the longest among those that start there. Looks
 * up one substring for each distinct length of a name with that first character, however many names a file has.
 */
final class SpecialTokens {
    /** Longer names are not recognised in text. */
    private static final int MAX_NAME = 256;

    /** A name found in a text. */
    record Match(int start, int end, int id) {}

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Character, NavigableSet<Integer>> lengths = new HashMap<>();

    void add(String text, int id) {
        if (!text.isEmpty() && text.length() <= MAX_NAME) {
            ids.putIfAbsent(text, id);
            lengths.computeIfAbsent(text.charAt(0), c -> new TreeSet<>(Collections.reverseOrder()))
                    .add(text.length());
        }
    }

    /** The first match at or after {@code from}; an empty one at the end of the text if there is none. */
    Match find(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            Match match = at(text, at);
            if (match != null) {
                return match;
            }
        }
        return new Match(text.length(), text.length(), -1);
    }

    /** Whether a name starts at {@code at}. */
    boolean startsAt(String text, int at) {
        return at(text, at) != null;
    }

    private @Nullable Match at(String text, int at) {
        NavigableSet<Integer> candidates = lengths.get(text.charAt(at));
        if (candidates != null) {
            for (int length : candidates) {
                Integer id = at + length <= text.length() ? ids.get(text.substring(at, at + length)) : null;
                if (id != null) {
                    return new Match(at, at + length, id);
                }
            }
        }
        return null;
    }
}
