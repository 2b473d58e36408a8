package org.hearthnet.node.sim.economy;

/**
 * A mean with its 95 % confidence interval, by the normal approximation.
 *
 * @param mean the mean
 * @param low lower end
 * @param high upper end
 * @param samples how many
 */
public record Estimate(double mean, double low, double high, int samples) {
    private static final double Z95 = 1.959964;
    private static final int SEEN_OFTEN = 5;
    private static final double RULE_OF_THREE = 3;

    /** Of independent samples, at least one. */
    public static Estimate of(double[] samples) {
        double sum = 0;
        for (double s : samples) {
            sum += s;
        }
        double mean = sum / samples.length;
        double squares = 0;
        for (double s : samples) {
            squares += (s - mean) * (s - mean);
        }
        double variance = samples.length < 2 ? 0 : squares / (samples.length - 1);
        double half = Z95 * Math.sqrt(variance / samples.length);
        return new Estimate(mean, mean - half, mean + half, samples.length);
    }

    /**
     * With room below for a loss that too few samples have shown: what was seen fewer than {@value #SEEN_OFTEN} times in n may well be
     * three in n more likely (the rule of three), and the normal approximation does not know.
     *
     * @param seen samples with the loss
     * @param loss how large it is
     */
    public Estimate allowingForRare(int seen, double loss) {
        double room = seen < SEEN_OFTEN ? RULE_OF_THREE * loss / samples : 0;
        return new Estimate(mean, low - room, high, samples);
    }
}
