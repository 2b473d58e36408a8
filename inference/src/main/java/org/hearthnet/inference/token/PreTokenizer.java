package org.hearthnet.inference.token;

/** Cuts text into words inside which byte pairs are merged. */
@FunctionalInterface
interface PreTokenizer {
    /** The end (exclusive) of the word that starts at {@code start}; {@code start < text.length()}. */
    int wordEnd(String text, int start);
}
