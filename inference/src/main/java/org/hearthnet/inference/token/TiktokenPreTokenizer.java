package org.hearthnet.inference.token;

/**
 * The pre-tokenizers of Llama 3 and Qwen 2, which differ in how many digits make a word:
 * {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,digits}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|
 * \s+(?!\S)|\s+}, scanned by hand because a regular expression would back-track on long runs of white space.
 */
record TiktokenPreTokenizer(int digits) implements PreTokenizer {
    private static final String[] CONTRACTIONS = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};

    @Override
    public int wordEnd(String text, int start, int limit) {
        for (String contraction : CONTRACTIONS) {
            if (start + contraction.length() <= limit
                    && text.regionMatches(true, start, contraction, 0, contraction.length())
                    && isAscii(text, start, contraction.length())) {
                return start + contraction.length();
            }
        }
        int end = letters(text, start, limit);
        if (end > start) {
            return end;
        }
        if (Characters.at(text, start) == Characters.NUMBER) {
            return numbers(text, start, limit);
        }
        end = others(text, start, limit);
        if (end > start) {
            return end;
        }
        end = lines(text, start, limit);
        return end > start ? end : Gpt2PreTokenizer.spaceEnd(text, start, limit);
    }

    /** Java's case folding would let a long s stand for an s. */
    private static boolean isAscii(String text, int start, int length) {
        return text.substring(start, start + length).chars().allMatch(c -> c < 128);
    }

    /** Letters, and one character before them that is neither letter, number nor line break. */
    private static int letters(String text, int start, int limit) {
        int body = start;
        if (Characters.at(text, start) != Characters.LETTER) {
            if (Characters.at(text, start) == Characters.NUMBER || isBreak(text.charAt(start))) {
                return start;
            }
            body += Character.charCount(text.codePointAt(start));
        }
        int end = Characters.LETTER.runEnd(text, body, limit);
        return end > body ? end : start;
    }

    private int numbers(String text, int start, int limit) {
        int at = start;
        for (int i = 0; i < digits && at < limit && Characters.at(text, at) == Characters.NUMBER; i++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /** Signs, with a space before and line breaks behind. */
    private static int others(String text, int start, int limit) {
        int body = text.charAt(start) == ' ' ? start + 1 : start;
        int end = Characters.OTHER.runEnd(text, body, limit);
        if (end == body) {
            return start;
        }
        while (end < limit && isBreak(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** White space up to the last line break of it. */
    private static int lines(String text, int start, int limit) {
        int end = Characters.SPACE.runEnd(text, start, limit);
        while (end > start && !isBreak(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isBreak(char c) {
        return c == '\r' || c == '\n';
    }
}
