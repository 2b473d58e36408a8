package org.hearthnet.inference.token;

/**
 * The pre-tokenizer of GPT-2: {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+},
 * scanned by hand in one pass because a regular expression would back-track on long runs of white space.
 */
final class Gpt2PreTokenizer implements PreTokenizer {
    private static final String[] CONTRACTIONS = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};

    private enum Kind {
        LETTER,
        NUMBER,
        SPACE,
        OTHER
    }

    @Override
    public int wordEnd(String text, int start) {
        for (String contraction : CONTRACTIONS) {
            if (text.startsWith(contraction, start)) {
                return start + contraction.length();
            }
        }
        int body = text.charAt(start) == ' ' ? start + 1 : start;
        if (body < text.length() && kind(text.codePointAt(body)) != Kind.SPACE) {
            return runEnd(text, body);
        }
        return spaceEnd(text, start);
    }

    private static int spaceEnd(String text, int start) {
        int end = runEnd(text, start);
        if (end == text.length()) {
            return end;
        }
        // The last space before a word is left to the word, unless it is the only one.
        int beforeLast = end - Character.charCount(text.codePointBefore(end));
        return beforeLast > start ? beforeLast : end;
    }

    private static int runEnd(String text, int start) {
        Kind kind = kind(text.codePointAt(start));
        int at = start;
        while (at < text.length() && kind(text.codePointAt(at)) == kind) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static Kind kind(int codePoint) {
        if (Character.isLetter(codePoint)) {
            return Kind.LETTER;
        }
        int type = Character.getType(codePoint);
        if (type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER) {
            return Kind.NUMBER;
        }
        return isWhiteSpace(codePoint) ? Kind.SPACE : Kind.OTHER;
    }

    /** Unicode White_Space, which differs from Java's notion. */
    private static boolean isWhiteSpace(int codePoint) {
        return (codePoint >= 0x09 && codePoint <= 0x0D) || codePoint == 0x85 || Character.isSpaceChar(codePoint);
    }
}
