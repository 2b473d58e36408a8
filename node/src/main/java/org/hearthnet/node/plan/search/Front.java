package org.hearthnet.node.plan.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The Pareto front of cost for a token against time for a token. */
final class Front {
    private Front() {}

    /** The fastest first, each of the others cheaper than all before it. */
    static List<Design> of(List<Design> designs) {
        List<Design> sorted = new ArrayList<>(designs);
        sorted.sort(Comparator.comparingDouble(Design::secondsPerToken)
                .thenComparingDouble(Design::usdPerMillionTokens)
                .thenComparingInt(d -> d.split().cards()));
        List<Design> out = new ArrayList<>();
        for (Design design : sorted) {
            if (out.isEmpty() || design.usdPerMillionTokens() < out.getLast().usdPerMillionTokens()) {
                out.add(design);
            }
        }
        return out;
    }
}
