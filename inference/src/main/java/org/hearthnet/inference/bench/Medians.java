package org.hearthnet.inference.bench;

import java.util.Arrays;

/** Medians of samples. */
public final class Medians {
    private Medians() {}

    /** The middle sample, of an even number the mean of both in the middle. */
    public static double of(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
