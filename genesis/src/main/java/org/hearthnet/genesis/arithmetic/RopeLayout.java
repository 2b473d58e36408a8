package org.hearthnet.genesis.arithmetic;

/** Which two elements of a head a rotary embedding turns together. */
public enum RopeLayout {
    /** Elements 2i and 2i + 1; GGUF files of the architecture {@code llama}. */
    INTERLEAVED,
    /** Elements i and i + dimensions / 2, as in GPT-NeoX; GGUF files of {@code qwen2} and {@code qwen3}. */
    HALVES;

    /** The first element of pair {@code i}. */
    public int first(int i) {
        return this == INTERLEAVED ? 2 * i : i;
    }

    /** The second element of pair {@code i} when {@code dimensions} elements are rotated. */
    public int second(int i, int dimensions) {
        return this == INTERLEAVED ? 2 * i + 1 : i + dimensions / 2;
    }
}
