package org.hearthnet.node.sim.economy;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.rules.Detection.Shares;
import org.hearthnet.genesis.spec.Parameters;

/**
 * The best that a strategy can do with given shares: each of its variants lives some lives, and the best one as many fresh ones, as the
 * best of many looks better than it is. Honest lives with the same seeds are compared with.
 *
 * @param shares what the ring holds
 * @param conduct the best variant
 * @param gain its gain, credits
 * @param honest an honest life's gain, credits
 * @param more what it gains more than an honest life, pair by pair, credits
 * @param detectedAfter mean number of wrong receipts until the first was found, of lives in which one was; -1 for none
 * @param convicted thousandths of lives that lost their bond
 * @param silenced thousandths of lives that paid for silence or a confession
 */
public record BestResponse(
        Shares shares,
        Conduct conduct,
        Estimate gain,
        Estimate honest,
        Estimate more,
        double detectedAfter,
        int convicted,
        int silenced) {
    /**
     * How much is tried.
     *
     * @param parameters the network's
     * @param market what work is worth
     * @param epochs length of a life
     * @param search lives of each variant
     * @param sample lives of the best one
     * @param seed all chance
     */
    public record Effort(Parameters parameters, Market market, int epochs, int search, int sample, long seed) {}

    /** Whether it gains more than honesty, with 97.5 % confidence. */
    public boolean profits() {
        return more.low() > 0;
    }

    /** Looks for it. The strategy has at least one variant. */
    public static BestResponse of(Strategy strategy, Shares shares, Effort effort) {
        Conduct best = strategy.variants().getFirst();
        double most = Double.NEGATIVE_INFINITY;
        for (Conduct variant : strategy.variants()) {
            double sum = 0;
            for (int i = 0; i < effort.search; i++) {
                sum += live(strategy.kind(), effort, shares, variant, i).gain();
            }
            if (sum > most) {
                most = sum;
                best = variant;
            }
        }
        return sample(strategy.kind(), best, shares, effort);
    }

    private static BestResponse sample(Strategy.Kind kind, Conduct best, Shares shares, Effort effort) {
        double[] gain = new double[effort.sample];
        double[] honest = new double[effort.sample];
        double[] more = new double[effort.sample];
        int convicted = 0;
        int caught = 0;
        int faults = 0;
        int silenced = 0;
        long after = 0;
        for (int i = 0; i < effort.sample; i++) {
            int number = effort.search + i;
            Life.Outcome outcome = live(kind, effort, shares, best, number);
            gain[i] = credits(outcome.gain());
            honest[i] =
                    credits(live(kind, effort, shares, Conduct.HONEST, number).gain());
            more[i] = gain[i] - honest[i];
            convicted += outcome.convicted() ? 1 : 0;
            silenced += outcome.silences() > 0 ? 1 : 0;
            faults += outcome.wrong() == 0 || outcome.convicted() || outcome.silences() > 0 ? 1 : 0;
            if (outcome.caughtAfter() >= 0) {
                caught++;
                after += outcome.caughtAfter();
            }
        }
        return new BestResponse(
                shares,
                best,
                Estimate.of(gain),
                Estimate.of(honest),
                Estimate.of(more)
                        .allowingForRare(
                                faults, credits(effort.parameters.minimumBond().sparks())),
                caught == 0 ? -1 : (double) after / caught,
                convicted * Conduct.FULL / effort.sample,
                silenced * Conduct.FULL / effort.sample);
    }

    private static double credits(long sparks) {
        return sparks / (double) Amount.SPARKS_PER_CREDIT;
    }

    private static Life.Outcome live(Strategy.Kind kind, Effort effort, Shares shares, Conduct conduct, int number) {
        // A record at the lowest rate, where every strategy is at its best.
        Life.Start start =
                new Life.Start(effort.parameters.minimumBond(), effort.parameters.auditRecord() * 5, effort.epochs);
        long seed = effort.seed * 1_000_003 + number;
        return kind == Strategy.Kind.VERIFIER
                ? VerifierLife.run(effort.parameters, effort.market, shares, conduct, start, seed)
                : Life.run(effort.parameters, effort.market, shares, conduct, start, seed);
    }
}
