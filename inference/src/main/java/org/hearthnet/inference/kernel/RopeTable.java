package org.hearthnet.inference.kernel;

import java.util.Arrays;
import org.hearthnet.genesis.arithmetic.Rope;

/** Cosines and sines of RoPE by position, computed once by {@link Rope} and only as far as they are used. */
public final class RopeTable {
    private static final int STEP = 64;

    /** An immutable prefix of the table: [positions][dimensions / 2]. */
    @SuppressWarnings("ArrayRecordComponent")
    record Prefix(int positions, float[] cosines, float[] sines) {}

    private final int dimensions;
    private final float base;
    private volatile Prefix prefix = new Prefix(0, new float[0], new float[0]);

    /** A table for rotating the first {@code dimensions} elements of each head; {@code dimensions} is even. */
    public RopeTable(int dimensions, float base) {
        if (dimensions <= 0 || dimensions % 2 != 0 || !(base > 0)) {
            throw new IllegalArgumentException("rope over " + dimensions + " dimensions, base " + base);
        }
        this.dimensions = dimensions;
        this.base = base;
    }

    /** Rotated elements of each head. */
    public int dimensions() {
        return dimensions;
    }

    /** A prefix that contains {@code position}. */
    Prefix upTo(int position) {
        Prefix known = prefix;
        return position < known.positions() ? known : extend(position);
    }

    private synchronized Prefix extend(int position) {
        Prefix known = prefix;
        if (position < known.positions()) {
            return known;
        }
        int half = dimensions / 2;
        int positions = Math.max(known.positions() * 3 / 2, position + STEP);
        float[] cosines = Arrays.copyOf(known.cosines(), positions * half);
        float[] sines = Arrays.copyOf(known.sines(), positions * half);
        for (int p = known.positions(); p < positions; p++) {
            for (int i = 0; i < half; i++) {
                cosines[p * half + i] = Rope.cosine(p, i, dimensions, base);
                sines[p * half + i] = Rope.sine(p, i, dimensions, base);
            }
        }
        prefix = new Prefix(positions, cosines, sines);
        return prefix;
    }
}
