package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.NetworkKind;
import org.hearthnet.node.plan.catalog.Catalog;
import org.hearthnet.node.plan.search.Design;
import org.hearthnet.node.plan.search.HomeDesign;
import org.hearthnet.node.plan.search.Search;
import org.hearthnet.node.plan.search.SearchRequest;
import org.hearthnet.node.plan.search.SearchResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth plan search}: every way to join given cards. */
@Command(
        name = "search",
        description = {
            "Tries every host, network, split and batch for given cards, and prints those that nothing beats in both cost",
            "and latency, and the article's three designs for the home with what beats them."
        })
final class PlanSearchCommand implements Callable<Integer> {
    @Mixin
    private final PlanOptions options = new PlanOptions();

    @Option(names = "--count", defaultValue = "8", description = "Cards (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--min-count", description = "Try fewer cards too, down to this many.")
    private @Nullable Integer minCount;

    @Option(
            names = "--min-speed",
            paramLabel = "TOKENS/S",
            defaultValue = "5",
            description = "What one prompt must get at least (${DEFAULT-VALUE}).")
    private double minSpeed;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write every answer there.")
    private @Nullable Path csv;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the answers there.")
    private @Nullable Path svg;

    @Override
    public Integer call() throws IOException {
        Catalog catalog = options.catalog();
        SearchRequest request = request(catalog);
        SearchResult result = Search.run(request);
        Map<HomeDesign, Design> named = new LinkedHashMap<>();
        for (HomeDesign home : HomeDesign.values()) {
            home.find(result.answers()).ifPresent(d -> named.put(home, d));
        }
        var report = new PlanReport(request, result, named);
        if (csv != null) {
            Files.writeString(csv, report.csv(), StandardCharsets.UTF_8);
        }
        if (svg != null) {
            Files.writeString(svg, report.svg(), StandardCharsets.UTF_8);
        }
        options.output().print(report.json(), () -> print(request, report));
        return ExitCode.DONE;
    }

    private SearchRequest request(Catalog catalog) throws IOException {
        ModelShape model = options.model(catalog);
        List<NetworkKind> networks = new ArrayList<>(catalog.networks());
        Optional<NetworkKind> measured = options.measured()
                .flatMap(m -> m.link())
                .map(link -> new NetworkKind(link.name() + ", measured", link, 0, 0, Integer.MAX_VALUE));
        return new SearchRequest(
                model,
                options.device(catalog, model),
                minCount == null ? count : minCount,
                count,
                List.copyOf(catalog.hosts()),
                measured.map(List::of).orElse(networks),
                minSpeed,
                options.context(model),
                options.counting(),
                options.economics(),
                options.hosting());
    }

    private void print(SearchRequest request, PlanReport report) {
        Output out = options.output();
        out.line("%s", report.question());
        out.line("%s", report.counted());
        out.line("");
        out.table(PlanReport.HEADER, report.frontRows());
        out.line("");
        out.line("The article's designs for the home:");
        out.table(PlanReport.NAMED_HEADER, report.namedRows());
    }
}
