package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.hearthnet.genesis.rules.Detection.Shares;

/**
 * How far one share, or all three together, can grow before anything profits.
 *
 * @param share which share grows
 * @param lastSafe largest share tried at which nothing profits, nor at any smaller one, thousandths
 * @param firstProfit smallest share tried at which something does; -1 for none
 * @param strategies those that profit there
 */
public record Bound(String share, int lastSafe, int firstProfit, List<String> strategies) {
    /** A third of everything is what the protocol states. */
    public static final int STATED = 333;

    private enum Axis {
        VERIFIER_WEIGHT("verifier weight"),
        EXECUTOR_BOND("executor bond"),
        COMMITTEE_WEIGHT("committee weight"),
        ALL("all three alike");

        private final String text;

        Axis(String text) {
            this.text = text;
        }

        Shares at(int share) {
            return switch (this) {
                case VERIFIER_WEIGHT -> new Shares(share, 0, 0);
                case EXECUTOR_BOND -> new Shares(0, share, 0);
                case COMMITTEE_WEIGHT -> new Shares(0, 0, share);
                case ALL -> new Shares(share, share, share);
            };
        }
    }

    /** Tries {@code steps}, ascending, on each axis with all {@code strategies} that can depend on shares. */
    public static List<Bound> find(
            List<Strategy> strategies, int[] steps, BestResponse.Effort effort, IntConsumer done) {
        List<Bound> out = new ArrayList<>();
        for (Axis axis : Axis.values()) {
            out.add(find(axis, strategies, steps, effort, done));
        }
        return out;
    }

    private static Bound find(
            Axis axis, List<Strategy> strategies, int[] steps, BestResponse.Effort effort, IntConsumer done) {
        int safe = -1;
        for (int step : steps) {
            List<String> profiting = strategies.parallelStream()
                    .filter(s -> s.kind() == Strategy.Kind.EXECUTOR)
                    .filter(s -> BestResponse.of(s, axis.at(step), effort).profits())
                    .map(Strategy::name)
                    .toList();
            done.accept(1);
            if (!profiting.isEmpty()) {
                return new Bound(axis.text, safe, step, profiting);
            }
            safe = step;
        }
        return new Bound(axis.text, safe, -1, List.of());
    }
}
