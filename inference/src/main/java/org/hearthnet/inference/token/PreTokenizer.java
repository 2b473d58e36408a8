package org.hearthnet.inference.token;

/** Cuts text into words, inside which byte pairs are merged. */
interface PreTokenizer {
    /**
     * Where the word that starts at {@code start} ends. Nothing behind {@code limit} is looked at: the text is treated as
     * if it ended there.
     *
     * @return an index above {@code start} and at most {@code limit}
     */
    int wordEnd(String text, int start, int limit);
}
