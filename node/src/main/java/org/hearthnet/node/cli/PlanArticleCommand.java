package org.hearthnet.node.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.node.plan.article.ArticleFigures;
import org.hearthnet.node.plan.article.ArticleInputs;
import org.hearthnet.node.plan.article.Figure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth plan article}: published figures beside computed ones. */
@Command(
        name = "article",
        description = {
            "Every figure of the article that Hearth goes back to, beside what the cost model computes from the article's",
            "inputs, with the formula, the difference in percent, and a remark where the article is at odds with itself.",
            "Ends with 1 if a figure differs by more than 5 % and nothing explains it."
        })
final class PlanArticleCommand implements Callable<Integer> {
    private static final double TOLERANCE_PERCENT = 5;
    private static final int DIGITS = 6;

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--inputs",
            paramLabel = "FILE",
            description = "Other inputs, in the form that --show-inputs prints.")
    private @Nullable Path inputs;

    @Option(
            names = "--show-inputs",
            description = "Print the article's inputs as JSON, to change and pass to --inputs.")
    private boolean showInputs;

    @Override
    public Integer call() throws IOException {
        ArticleInputs given = inputs == null
                ? ArticleInputs.published()
                : ArticleInputs.parse(inputs.toString(), PlanFiles.read(inputs));
        if (showInputs) {
            System.out.println(SpecJson.mapper().writeValueAsString(given));
            return ExitCode.DONE;
        }
        List<Figure> figures = ArticleFigures.of(given);
        output.print(
                Map.of("figures", figures.stream().map(PlanArticleCommand::json).toList()), () -> print(figures));
        return inputs != null || figures.stream().allMatch(PlanArticleCommand::explained)
                ? ExitCode.DONE
                : ExitCode.CHECK_FAILED;
    }

    private static boolean explained(Figure figure) {
        return figure.differencePercent() <= TOLERANCE_PERCENT || !figure.note().isEmpty();
    }

    private static Map<String, Object> json(Figure figure) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", figure.id());
        out.put("area", figure.area());
        out.put("quantity", figure.quantity());
        out.put("computed", values(figure.computed()));
        out.put("published", values(figure.published()));
        out.put("unit", figure.unit());
        out.put("withinPercent", BenchCommand.rounded(figure.differencePercent()));
        out.put("formula", figure.formula());
        out.put("note", figure.note());
        out.put("input", figure.input());
        return out;
    }

    /** One number as a number, several as an array. */
    private static Object values(List<Double> values) {
        List<Double> rounded =
                values.stream().map(PlanArticleCommand::significant).toList();
        return rounded.size() == 1 ? rounded.getFirst() : rounded;
    }

    private static double significant(double value) {
        return new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
    }

    private void print(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        for (Figure f : figures) {
            rows.add(List.of(
                    f.id(),
                    f.quantity(),
                    text(f.published()),
                    text(f.computed()),
                    f.unit(),
                    f.input() ? "input" : PlanText.number(f.differencePercent()) + " %",
                    f.formula(),
                    f.note()));
        }
        output.table(
                List.of("figure", "quantity", "published", "computed", "unit", "off by", "formula", "remark"), rows);
    }

    private static String text(List<Double> values) {
        return values.stream().map(PlanText::number).collect(Collectors.joining(" / "));
    }
}
