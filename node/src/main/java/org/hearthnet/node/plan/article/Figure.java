package org.hearthnet.node.plan.article;

import java.util.List;

/**
 * One figure, published and computed.
 *
 * @param id {@code A..} as in the list of the article's figures, {@code T..} for others out of its text
 * @param area what it is about
 * @param quantity what it is
 * @param computed from the inputs, in {@code unit}
 * @param published as printed, in {@code unit}, as many values as {@code computed}
 * @param unit of both
 * @param formula how it is computed
 * @param note why the two differ, or what the article says of it
 * @param input whether the article takes it as given: then nothing is computed
 */
public record Figure(
        String id,
        String area,
        String quantity,
        List<Double> computed,
        List<Double> published,
        String unit,
        String formula,
        String note,
        boolean input) {
    /** Checks that the two can be compared. */
    public Figure {
        computed = List.copyOf(computed);
        published = List.copyOf(published);
        if (computed.size() != published.size() || computed.isEmpty()) {
            throw new IllegalStateException(id + ": computed " + computed + ", published " + published);
        }
    }

    /** The largest difference in percent of what is published. */
    public double differencePercent() {
        double most = 0;
        for (int i = 0; i < computed.size(); i++) {
            most = Math.max(most, Math.abs(computed.get(i) / published.get(i) - 1) * 100);
        }
        return most;
    }
}
