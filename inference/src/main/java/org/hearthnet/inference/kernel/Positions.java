package org.hearthnet.inference.kernel;

/** The position in its sequence of every row of a batch. Immutable, so that a device may keep what it has copied. */
public final class Positions {
    private final int[] values;
    private final int highest;

    /**
     * Positions of rows, copied.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Positions(int... values) {
        this.values = values.clone();
        int most = 0;
        for (int position : this.values) {
            if (position < 0) {
                throw new IllegalArgumentException("a position cannot be negative: " + position);
            }
            most = Math.max(most, position);
        }
        this.highest = most;
    }

    /** Rows. */
    public int count() {
        return values.length;
    }

    /** The position of row {@code r}. */
    public int at(int r) {
        return values[r];
    }

    /** The largest; 0 if there are none. */
    public int highest() {
        return highest;
    }

    /** A copy. */
    public int[] toArray() {
        return values.clone();
    }
}
