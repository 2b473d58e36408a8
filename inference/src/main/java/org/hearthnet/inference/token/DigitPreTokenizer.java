package org.hearthnet.inference.token;

/** Every number by itself, the text between them by another pre-tokenizer; as SmolLM has it. */
record DigitPreTokenizer(PreTokenizer between) implements PreTokenizer {
    @Override
    public int wordEnd(String text, int start, int limit) {
        if (Characters.at(text, start) == Characters.NUMBER) {
            return start + Character.charCount(text.codePointAt(start));
        }
        // At most one word is looked ahead: a text without numbers must not be scanned again for each of its words.
        int end = between.wordEnd(text, start, limit);
        for (int at = start; at < end; at += Character.charCount(text.codePointAt(at))) {
            if (Characters.at(text, at) == Characters.NUMBER) {
                return between.wordEnd(text, start, at);
            }
        }
        boolean beforeNumber = end < limit && isSpaceBeforeNumber(text, end, limit);
        return beforeNumber ? between.wordEnd(text, start, Characters.SPACE.runEnd(text, end, limit)) : end;
    }

    /** White space that ends at a number ends its segment, and so belongs together. */
    private static boolean isSpaceBeforeNumber(String text, int at, int limit) {
        int end = Characters.SPACE.runEnd(text, at, limit);
        return end > at && end < limit && Characters.at(text, end) == Characters.NUMBER;
    }
}
