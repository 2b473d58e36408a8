package org.hearthnet.inference.token;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds names of control and user-defined tokens in text: the leftmost, the longest among those that start there. The
 * names are a trie: one look-up for each character that still fits, however many and however long names a file has.
 */
final class SpecialTokens {
    /** Longer names are not recognised in text. */
    private static final int MAX_NAME = 256;

    /** A name found in a text. */
    record Match(int start, int end, int id) {}

    /** By parent * 2^16 + character; 0 is the root. */
    private final Map<Long, Integer> children = new HashMap<>();

    /** The id of the name that ends at a node. */
    private final Map<Integer, Integer> ids = new HashMap<>();

    void add(String text, int id) {
        if (!text.isEmpty() && text.length() <= MAX_NAME) {
            int node = 0;
            for (int i = 0; i < text.length(); i++) {
                node = children.computeIfAbsent(key(node, text.charAt(i)), k -> children.size() + 1);
            }
            ids.putIfAbsent(node, id);
        }
    }

    private static long key(int node, char c) {
        return (long) node << Character.SIZE | c;
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

    private @Nullable Match at(String text, int start) {
        Match longest = null;
        Integer node = 0;
        for (int at = start; at < text.length(); at++) {
            node = children.get(key(node, text.charAt(at)));
            if (node == null) {
                break;
            }
            Integer id = ids.get(node);
            if (id != null) {
                longest = new Match(start, at + 1, id);
            }
        }
        return longest;
    }
}
