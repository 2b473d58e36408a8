package org.hearthnet.node.plan.article;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All figures, published and computed. */
public final class ArticleFigures {
    private ArticleFigures() {}

    /** Computed from {@code inputs}, in the order of the lists. */
    public static List<Figure> of(ArticleInputs inputs) {
        Article article = new Article(inputs);
        Map<String, Computed> computed = computed();
        List<Figure> out = new ArrayList<>();
        for (Published p : Published.all()) {
            Computed c = computed.remove(p.id());
            if (c == null) {
                throw new IllegalStateException("nothing computes " + p.id());
            }
            out.add(figure(p, c, article));
        }
        if (!computed.isEmpty()) {
            throw new IllegalStateException("computed, but not published: " + computed.keySet());
        }
        return out;
    }

    private static Figure figure(Published p, Computed c, Article article) {
        return new Figure(
                p.id(),
                p.area(),
                p.quantity(),
                c.value().apply(article),
                p.values(),
                p.unit(),
                c.formula(),
                c.remark().isEmpty() ? p.note() : c.remark(),
                c.input());
    }

    private static Map<String, Computed> computed() {
        Map<String, Computed> out = new LinkedHashMap<>();
        for (List<Computed> area : List.of(
                MemoryFigures.all(),
                SpeedFigures.all(),
                SpeedFigures.tensor(),
                CostFigures.all(),
                CostFigures.home(),
                TrainingFigures.all())) {
            for (Computed c : area) {
                if (out.put(c.id(), c) != null) {
                    throw new IllegalStateException(c.id() + " is computed twice");
                }
            }
        }
        return out;
    }
}
