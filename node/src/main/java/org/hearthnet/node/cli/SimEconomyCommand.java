package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hearthnet.node.sim.economy.Bound;
import org.hearthnet.node.sim.economy.EconomyPage;
import org.hearthnet.node.sim.economy.EconomyReport;
import org.hearthnet.node.sim.economy.EconomySim;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth sim economy}: what every known lie earns under the rules of the ledger. */
@Command(
        name = "economy",
        description = {
            "Try every known way to cheat against the rules of the ledger, and see what it earns.",
            "A seed decides everything; the same seed gives the same report."
        })
final class SimEconomyCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Option(names = "--seed", defaultValue = "1", description = "All chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--full",
            description = "2,000 nodes for 500 epochs, 100,000 in the aggregate model, surfaces over all three shares.")
    private boolean full;

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes of the network node by node, 200 or more.")
    private int nodes;

    @Option(names = "--epochs", paramLabel = "N", description = "Its epochs.")
    private int epochs;

    @Option(
            names = "--lives",
            paramLabel = "N",
            description = "Lives that each best response is measured with, 10 or more.")
    private int lives;

    @Option(names = "--out", paramLabel = "FILE", description = "Also write the report as an HTML page with pictures.")
    private @Nullable Path page;

    @Override
    public Integer call() {
        EconomySim.Options options = options();
        EconomyReport report;
        try (StepProgress progress = new StepProgress("sim", System.err)) {
            report = EconomySim.run(options, progress::at);
        }
        write(report);
        output.print(report.document(), () -> print(report));
        return report.holds() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private EconomySim.Options options() {
        EconomySim.Options options = full ? EconomySim.Options.full(seed) : EconomySim.Options.small(seed);
        if (nodes != 0 && nodes < 200 || epochs < 0 || lives != 0 && lives < 10) {
            throw CommandException.usage("--nodes must be 200 or more, --epochs 1 or more, --lives 10 or more");
        }
        options = options.inTown(nodes == 0 ? options.nodes() : nodes, epochs == 0 ? options.epochs() : epochs);
        return lives == 0 ? options : options.withLives(lives);
    }

    private void write(EconomyReport report) {
        if (page == null) {
            return;
        }
        try {
            Files.writeString(page, EconomyPage.of(report));
        } catch (IOException e) {
            throw CommandException.unavailable("cannot write " + page + ": " + e.getMessage());
        }
    }

    private void print(EconomyReport report) {
        output.line("In credits, for an executor's life of 60 epochs, with a third of each share in one hand:");
        output.table(
                List.of("strategy", "gain", "honest", "more [95 %]", "found after", "best at the bound"),
                report.table());
        for (Bound b : report.bounds()) {
            output.line(
                    "%s: nothing profits up to %d thousandths; %s",
                    b.share(),
                    b.lastSafe(),
                    b.firstProfit() < 0
                            ? "nor at any larger share tried"
                            : String.join(", ", b.strategies()) + " at " + b.firstProfit());
        }
        output.line(
                "%d attempts against the ledger's checks, %d stopped; bonds lost by honest nodes: %d",
                report.attempts().size(),
                report.attempts().stream().filter(a -> a.stopped()).count(),
                report.honestBondsLost());
    }
}
