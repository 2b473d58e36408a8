package org.hearthnet.inference.token;

import java.text.Normalizer;

/**
 * Unicode normalisation form C (UAX 15) in linear time. Combining marks are sorted by insertion, which is quadratic in the
 * length of a run of them: a run longer than any text has (UAX 15 calls 30 enough for all purposes) is normalised in
 * pieces.
 */
final class Composition {
    /** Marks in a row from which on the run is cut; far above what people write, and a square of it is little work. */
    static final int MAX_MARKS = 256;

    private Composition() {}

    /** {@code text} in form C; a run of more than {@link #MAX_MARKS} marks is so only piece by piece. */
    static String nfc(String text) {
        int cut = cut(text, 0);
        if (cut == text.length()) {
            return Normalizer.normalize(text, Normalizer.Form.NFC);
        }
        var out = new StringBuilder(text.length());
        for (int from = 0; from < text.length(); from = cut, cut = cut(text, from)) {
            out.append(Normalizer.normalize(text.substring(from, cut), Normalizer.Form.NFC));
        }
        return out.toString();
    }

    /** Where the piece that begins at {@code from} ends. */
    private static int cut(String text, int from) {
        int marks = 0;
        for (int at = from; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            marks = isMark(codePoint) ? marks + 1 : 0;
            if (marks > MAX_MARKS) {
                return at;
            }
            at += Character.charCount(codePoint);
        }
        return text.length();
    }

    /** All characters that are ever reordered are marks. */
    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
