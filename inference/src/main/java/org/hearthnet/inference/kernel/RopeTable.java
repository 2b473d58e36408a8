package org.hearthnet.inference.kernel;

import java.util.Arrays;
import org.hearthnet.genesis.arithmetic.Rope;
import org.hearthnet.genesis.arithmetic.RopeParameters;

/** Cosines and sines of RoPE by position, computed once by {@link Rope} and only as far as they are used. */
public final class RopeTable {
    private static final int STEP = 64;

    /** An immutable prefix of the table: [positions][dimensions / 2]. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Prefix(int positions, float[] cosines, float[] sines) {}

    private final RopeParameters parameters;
    private volatile Prefix prefix = new Prefix(0, new float[0], new float[0]);

    /** A table of these angles. */
    public RopeTable(RopeParameters parameters) {
        this.parameters = parameters;
    }

    /** What the table is made for. */
    public RopeParameters parameters() {
        return parameters;
    }

    /** A prefix that contains {@code position}. */
    public Prefix upTo(int position) {
        Prefix known = prefix;
        return position < known.positions() ? known : extend(position);
    }

    private synchronized Prefix extend(int position) {
        Prefix known = prefix;
        if (position < known.positions()) {
            return known;
        }
        int half = parameters.dimensions() / 2;
        int positions = Math.max(known.positions() * 3 / 2, position + STEP);
        float[] cosines = Arrays.copyOf(known.cosines(), positions * half);
        float[] sines = Arrays.copyOf(known.sines(), positions * half);
        for (int p = known.positions(); p < positions; p++) {
            for (int i = 0; i < half; i++) {
                cosines[p * half + i] = Rope.cosine(parameters, p, i);
                sines[p * half + i] = Rope.sine(parameters, p, i);
            }
        }
        prefix = new Prefix(positions, cosines, sines);
        return prefix;
    }
}
