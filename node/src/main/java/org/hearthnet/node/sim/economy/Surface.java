package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.hearthnet.genesis.rules.Detection.Shares;
import org.hearthnet.node.sim.economy.strategy.BitFlips;

/** Best responses over shares. Points are worked on side by side; each has its own chance, so the result does not depend on how. */
public final class Surface {
    private Surface() {}

    /** All combinations of {@code steps} thousandths for the three shares. */
    public static List<Shares> cube(int... steps) {
        List<Shares> out = new ArrayList<>();
        for (int verifiers : steps) {
            for (int opinions : steps) {
                for (int committee : steps) {
                    out.add(new Shares(verifiers, opinions, committee));
                }
            }
        }
        return out;
    }

    /** The best responses at {@code points}, in their order. */
    public static List<BestResponse> of(
            Strategy strategy, List<Shares> points, BestResponse.Effort effort, IntConsumer done) {
        BestResponse[] out = new BestResponse[points.size()];
        IntStream.range(0, out.length).parallel().forEach(i -> {
            out[i] = BestResponse.of(strategy, points.get(i), effort);
            done.accept(1);
        });
        return List.of(out);
    }

    /** Honest nodes on cards that flip bits, with and without the self-check. */
    public static List<BestResponse> cards(BestResponse.Effort effort) {
        List<BestResponse> out = new ArrayList<>();
        for (double rate : new double[] {1e-9, 1e-8, 1e-7, 1e-6, 1e-5}) {
            for (boolean check : new boolean[] {true, false}) {
                Strategy card =
                        new Strategy("bit-flipping card", Strategy.Kind.EXECUTOR, List.of(new BitFlips(rate, check)));
                out.add(BestResponse.of(card, Shares.NONE, effort));
            }
        }
        return List.copyOf(out);
    }
}
