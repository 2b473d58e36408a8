package org.hearthnet.node.plan.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The article's three designs for the home, to be found again among the answers. */
public enum HomeDesign {
    /** Desktops with one card each in a pipeline over 10 Gbit/s. */
    PIPELINE("article 1: pipeline over 10 Gbit/s", 10, 1),
    /** Desktops with one card each, tensor-parallel over 200 Gbit/s. */
    TENSOR("article 2: tensor over 200 Gbit/s", 200, 1),
    /** Hosts with four cards, tensor-parallel inside, a pipeline between them over 25 Gbit/s. */
    HYBRID("article 3: tensor inside, pipeline over 25 Gbit/s", 25, 4);

    private static final double BITS_A_GIGABIT = 1e9 / 8;

    private final String text;
    private final double gigabits;
    private final int cardsPerHost;

    HomeDesign(String text, double gigabits, int cardsPerHost) {
        this.text = text;
        this.gigabits = gigabits;
        this.cardsPerHost = cardsPerHost;
    }

    /** For people. */
    public String text() {
        return text;
    }

    private boolean is(Split split) {
        boolean place = split.cardsPerHost() == cardsPerHost
                && split.host().cards() == cardsPerHost
                && split.network()
                        .filter(n -> n.link().bytesPerSecond() == gigabits * BITS_A_GIGABIT)
                        .isPresent();
        int tensor = switch (this) {
            case PIPELINE -> 1;
            case TENSOR -> split.cards();
            case HYBRID -> cardsPerHost;
        };
        return place && split.tensor() == tensor;
    }

    /** Among {@code answers}: without overlap, at the balanced batch as in the article, or the cheapest if that is not among them. */
    public Optional<Design> find(List<Design> answers) {
        return answers.stream()
                .filter(d -> is(d.split())
                        && !d.work().overlap()
                        && d.work().inFlight() == d.split().stages())
                .min(Comparator.<Design>comparingInt(d -> balanced(d) ? 0 : 1)
                        .thenComparingDouble(Design::usdPerMillionTokens));
    }

    private static boolean balanced(Design d) {
        return d.work().batch() == Math.round(d.split().device().balance());
    }
}
