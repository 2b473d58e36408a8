package org.hearthnet.node.pipeline.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StopTextTest {
    @Test
    void holdsBackWhatMayBecomeAStop() {
        StopText text = new StopText(List.of("END"));
        assertEquals("a", text.add("aE"));
        assertEquals("", text.add("N"));
        assertEquals("ENx", text.add("x"));
        assertEquals("y", text.add("yEND and more"));
        assertEquals("", text.add("z"));
        assertEquals("", text.finish());
    }

    @Test
    void theRestComesAtTheEnd() {
        StopText text = new StopText(List.of("END"));
        assertEquals("", text.add("EN"));
        assertEquals("EN", text.finish());
    }

    /** However a text is cut into pieces, what is shown is the text up to the first stop. */
    @Property
    void piecesDoNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> stops = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            stops.add(letters(random, 1 + random.nextInt(3)));
        }
        String all = letters(random, random.nextInt(30));
        String expected = upToFirstStop(all, stops);
        StopText text = new StopText(stops);
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < all.length(); ) {
            int next = Math.min(all.length(), at + 1 + random.nextInt(4));
            shown.append(text.add(all.substring(at, next)));
            at = next;
        }
        shown.append(text.finish());
        assertEquals(expected, shown.toString(), () -> all + " " + stops + " seed " + seed);
    }

    private static String upToFirstStop(String all, List<String> stops) {
        for (int length = 1; length <= all.length(); length++) {
            String seen = all.substring(0, length);
            int longest = stops.stream()
                    .filter(seen::endsWith)
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            if (longest > 0) {
                return seen.substring(0, length - longest);
            }
        }
        return all;
    }

    private static String letters(Random random, int length) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            out.append((char) ('a' + random.nextInt(2)));
        }
        return out.toString();
    }
}
