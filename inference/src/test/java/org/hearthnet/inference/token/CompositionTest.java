package org.hearthnet.inference.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.text.Normalizer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompositionTest {
    private static final int[] POINTS = {
        'a', 'e', 0x0301, 0x0315, 0x0327, 0x0344, 0x093C, 0x1100, 0x1161, 0x11A8, 0x0B47, 0x0B3E, 0x1D165, 0xF900, ' '
    };

    /** Nothing but the length of a run of marks makes a difference. */
    @Test
    void isFormC() {
        long seed = System.nanoTime();
        System.out.println("CompositionTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(Composition.MAX_MARKS); i >= 0; i--) {
                text.appendCodePoint(POINTS[random.nextInt(POINTS.length)]);
            }
            assertEquals(Normalizer.normalize(text, Normalizer.Form.NFC), Composition.nfc(text.toString()));
        }
    }

    /** U+0300 belongs before U+0315: the whole of the second half would move, one mark at a time. */
    @Test
    void endlessMarksTakeNoQuadraticTime() {
        String half = "\u0315".repeat(Tokenizer.MAX_TEXT / 2);
        String text = half + "\u0300".repeat(Tokenizer.MAX_TEXT / 2);
        String out = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> Composition.nfc(text));
        assertEquals(text.length(), out.length());
        String mixed = "\u0315\u0300".repeat(Tokenizer.MAX_TEXT / 2);
        out = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> Composition.nfc(mixed));
        assertEquals(mixed.length(), out.length());
    }
}
