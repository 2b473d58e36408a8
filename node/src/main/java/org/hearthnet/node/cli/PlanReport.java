package org.hearthnet.node.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthnet.node.plan.Counting;
import org.hearthnet.node.plan.plot.ScatterPlot;
import org.hearthnet.node.plan.plot.ScatterPlot.Point;
import org.hearthnet.node.plan.search.Design;
import org.hearthnet.node.plan.search.HomeDesign;
import org.hearthnet.node.plan.search.SearchRequest;
import org.hearthnet.node.plan.search.SearchResult;

/** A search's result as rows, JSON, CSV and a picture. */
record PlanReport(SearchRequest request, SearchResult result, Map<HomeDesign, Design> named) {
    static final List<String> HEADER = List.of(
            "design",
            "batch",
            "in flight",
            "overlap",
            "ms/token",
            "tokens/s one",
            "tokens/s all",
            "USD",
            "USD/h",
            "USD/M tokens",
            "limit");
    static final List<String> NAMED_HEADER =
            List.of("article", "batch", "ms/token", "tokens/s one", "tokens/s all", "USD", "USD/M tokens", "beaten by");
    private static final int MAX_DRAWN = 1500;

    String question() {
        return String.format(
                Locale.ROOT,
                "%s on %s x %s, at least %s tokens/s for one prompt: %d splits tried, %d answers, %d that nothing beats",
                request.model().name(),
                request.minCards() == request.maxCards()
                        ? String.valueOf(request.maxCards())
                        : request.minCards() + " to " + request.maxCards(),
                request.device().name(),
                PlanText.number(request.targetTokensPerSecond()),
                result.splits(),
                result.answers().size(),
                result.front().size());
    }

    String counted() {
        return request.counting().cache() == Counting.Cache.IGNORED
                ? "Counted as the article does: KV cache ignored, messages take nothing but their bytes."
                : "Counted with the KV cache of " + request.context() + " positions a sequence, message times and "
                        + Math.round(request.counting().reservedShare() * 100) + " % of memory reserved.";
    }

    List<List<String>> frontRows() {
        return result.front().stream().map(PlanReport::row).toList();
    }

    private static List<String> row(Design d) {
        return List.of(
                d.split().describe(),
                String.valueOf(d.work().batch()),
                String.valueOf(d.work().inFlight()),
                d.work().overlap() ? "yes" : "no",
                PlanText.millis(d.secondsPerToken()),
                PlanText.number(d.estimate().tokensPerSecondOfOne()),
                PlanText.number(d.estimate().tokensPerSecond()),
                PlanText.number(d.split().usd()),
                PlanText.number(d.hour().total()),
                PlanText.number(d.usdPerMillionTokens()),
                d.estimate().limit().toString());
    }

    List<List<String>> namedRows() {
        List<List<String>> out = new ArrayList<>();
        for (HomeDesign home : HomeDesign.values()) {
            Design d = named.get(home);
            if (d == null) {
                out.add(List.of(home.text(), "-", "-", "-", "-", "-", "-", "does not fit, or misses the target"));
                continue;
            }
            out.add(List.of(
                    home.text(),
                    String.valueOf(d.work().batch()),
                    PlanText.millis(d.secondsPerToken()),
                    PlanText.number(d.estimate().tokensPerSecondOfOne()),
                    PlanText.number(d.estimate().tokensPerSecond()),
                    PlanText.number(d.split().usd()),
                    PlanText.number(d.usdPerMillionTokens()),
                    result.better(d).map(PlanReport::brief).orElse("nothing")));
        }
        return out;
    }

    private static String brief(Design d) {
        return d.split().describe() + ", batch " + d.work().batch() + ": " + PlanText.millis(d.secondsPerToken())
                + " ms, " + PlanText.number(d.split().usd()) + " USD, " + PlanText.number(d.usdPerMillionTokens())
                + " USD/M tokens";
    }

    Map<String, Object> json() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model", request.model().name());
        out.put("device", request.device().name());
        out.put("minTokensPerSecond", request.targetTokensPerSecond());
        out.put("context", request.context());
        out.put("cacheCounted", request.counting().cache() != Counting.Cache.IGNORED);
        out.put("splits", result.splits());
        out.put("answers", result.answers().size());
        out.put("front", result.front().stream().map(PlanReport::json).toList());
        List<Map<String, Object>> designs = new ArrayList<>();
        named.forEach((home, design) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", home.text());
            entry.putAll(json(design));
            Optional<Design> better = result.better(design);
            better.ifPresent(b -> entry.put("beatenBy", json(b)));
            designs.add(entry);
        });
        out.put("articleDesigns", designs);
        return out;
    }

    private static Map<String, Object> json(Design d) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("design", d.split().describe());
        out.put("cards", d.split().cards());
        out.put("hosts", d.split().hosts());
        out.put("tensor", d.split().tensor());
        out.put("stages", d.split().stages());
        out.put("batch", d.work().batch());
        out.put("inFlight", d.work().inFlight());
        out.put("overlap", d.work().overlap());
        out.put("millisecondsPerToken", d.secondsPerToken() * 1000);
        out.put("tokensPerSecondOfOne", d.estimate().tokensPerSecondOfOne());
        out.put("tokensPerSecond", d.estimate().tokensPerSecond());
        out.put("utilisation", d.estimate().utilisation());
        out.put("usd", d.split().usd());
        out.put("watts", d.split().watts());
        out.put("usdPerHour", d.hour().total());
        out.put("usdPerMillionTokens", d.usdPerMillionTokens());
        out.put("limit", d.estimate().limit().toString());
        return out;
    }

    /** Every answer, one a line, with whether it is on the front. */
    String csv() {
        Set<Design> front = new HashSet<>(result.front());
        StringBuilder out = new StringBuilder();
        for (Design d : result.answers()) {
            Map<String, Object> fields = json(d);
            if (out.isEmpty()) {
                out.append(String.join(",", fields.keySet())).append(",front\n");
            }
            fields.values().forEach(v -> out.append(cell(v)).append(','));
            out.append(front.contains(d)).append('\n');
        }
        return out.toString();
    }

    private static String cell(Object value) {
        return value instanceof String text ? '"' + text.replace("\"", "\"\"") + '"' : String.valueOf(value);
    }

    /** All answers, or evenly chosen ones of many, the front and the article's designs. */
    String svg() {
        int step = Math.max(1, result.answers().size() / MAX_DRAWN);
        List<Point> some = new ArrayList<>();
        for (int i = 0; i < result.answers().size(); i += step) {
            some.add(point(result.answers().get(i)));
        }
        return new ScatterPlot(
                        request.model().name() + " on " + request.maxCards() + " x "
                                + request.device().name(),
                        "ms a token of one prompt",
                        "USD a million tokens")
                .with("answers", "#c8c8c8", 1.5, false, some)
                .with("nothing beats these", "#1f6fb2", 3, true, points(result.front()))
                .with("the article's designs", "#c23b22", 5, false, points(List.copyOf(named.values())))
                .svg();
    }

    private static List<Point> points(List<Design> designs) {
        return designs.stream().map(PlanReport::point).toList();
    }

    private static Point point(Design d) {
        return new Point(d.secondsPerToken() * 1000, d.usdPerMillionTokens());
    }
}
