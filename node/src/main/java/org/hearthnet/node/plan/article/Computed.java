package org.hearthnet.node.plan.article;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * How a figure comes about.
 *
 * @param id which one
 * @param formula in words and signs
 * @param remark why it differs from the published one; empty if it does not
 * @param input whether it is only handed through
 * @param value the computation
 */
record Computed(String id, String formula, String remark, boolean input, Function<Article, List<Double>> value) {
    /** One number. */
    static Computed of(String id, String formula, Function<Article, Double> value) {
        return of(id, formula, "", value);
    }

    /** One number that needs a remark. */
    static Computed of(String id, String formula, String remark, Function<Article, Double> value) {
        return new Computed(id, formula, remark, false, a -> List.of(value.apply(a)));
    }

    /** Several numbers. */
    static Computed several(String id, String formula, String remark, Function<Article, double[]> value) {
        return new Computed(id, formula, remark, false, a -> boxed(value.apply(a)));
    }

    /** What is given. */
    static Computed input(String id, Function<Article, double[]> value) {
        return new Computed(id, "input", "an input of the article, not a result", true, a -> boxed(value.apply(a)));
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
