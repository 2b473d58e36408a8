package org.hearthnet.inference.tensor;

/** The indices {@code from} to {@code to}, without the latter. */
public record Slice(int from, int to) {
    /** Checks the order. */
    public Slice {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no slice from " + from + " to " + to);
        }
    }

    /** How many. */
    public int size() {
        return to - from;
    }

    /** The same of vectors that have {@code width} elements at each index. */
    public Slice times(int width) {
        return new Slice(Math.multiplyExact(from, width), Math.multiplyExact(to, width));
    }
}
