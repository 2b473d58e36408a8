package org.hearthnet.inference.token;

/**
 * The pre-tokenizer of GPT-2: {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+},
 * scanned by hand in one pass because a regular expression would back-track on long runs of white space.
 */
final class Gpt2PreTokenizer implements PreTokenizer {
    private static final String[] CONTRACTIONS = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};

    @Override
    public int wordEnd(String text, int start, int limit) {
        for (String contraction : CONTRACTIONS) {
            if (start + contraction.length() <= limit && text.startsWith(contraction, start)) {
                return start + contraction.length();
            }
        }
        int body = text.charAt(start) == ' ' ? start + 1 : start;
        if (body < limit && Characters.at(text, body) != Characters.SPACE) {
            return Characters.at(text, body).runEnd(text, body, limit);
        }
        return spaceEnd(text, start, limit);
    }

    /** {@code \s+(?!\S)|\s+}: the last space before a word is left to the word, unless it is the only one. */
    static int spaceEnd(String text, int start, int limit) {
        int end = Characters.SPACE.runEnd(text, start, limit);
        if (end == limit) {
            return end;
        }
        int beforeLast = end - Character.charCount(text.codePointBefore(end));
        return beforeLast > start ? beforeLast : end;
    }
}
