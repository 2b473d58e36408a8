package org.hearthnet.inference.token;

/** The classes of characters that pre-tokenizers tell apart: \p{L}, \p{N}, \s and all others of Unicode. */
enum Characters {
    LETTER,
    NUMBER,
    SPACE,
    OTHER;

    static Characters of(int codePoint) {
        if (Character.isLetter(codePoint)) {
            return LETTER;
        }
        int type = Character.getType(codePoint);
        if (type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER) {
            return NUMBER;
        }
        return isWhiteSpace(codePoint) ? SPACE : OTHER;
    }

    /** The class of the character at {@code at}. */
    static Characters at(String text, int at) {
        return of(text.codePointAt(at));
    }

    /** Unicode White_Space, which differs from Java's notion. */
    private static boolean isWhiteSpace(int codePoint) {
        return (codePoint >= 0x09 && codePoint <= 0x0D) || codePoint == 0x85 || Character.isSpaceChar(codePoint);
    }

    /** Where the characters of this class that start at {@code start} end. */
    int runEnd(String text, int start, int limit) {
        int at = start;
        while (at < limit && at(text, at) == this) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }
}
