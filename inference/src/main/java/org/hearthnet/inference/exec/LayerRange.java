package org.hearthnet.inference.exec;

/** Consecutive layers of a model, {@code from} to {@code toExclusive}. */
public record LayerRange(int from, int toExclusive) {
    /** Checks that the range is not empty. */
    public LayerRange {
        if (from < 0 || toExclusive <= from) {
            throw new IllegalArgumentException("layers " + from + ".." + toExclusive + " are not a range");
        }
    }

    /** Number of layers. */
    public int size() {
        return toExclusive - from;
    }

    /** Whether {@code layer} is one of them. */
    public boolean contains(int layer) {
        return layer >= from && layer < toExclusive;
    }

    @Override
    public String toString() {
        return from + ".." + (toExclusive - 1);
    }
}
