package org.hearthnet.node.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.ledger.sim.SimReport;
import org.hearthnet.ledger.sim.SimResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth sim consensus}: committees with Byzantine members under faults, one for each seed. */
@Command(
        name = "consensus",
        description = {
            "Run committees with Byzantine members, crashes, torn writes and bad networks.",
            "A seed decides everything about its run; the same seed is the same run."
        })
final class SimConsensusCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            defaultValue = "0..499",
            description = "Which runs, B included. Default: ${DEFAULT-VALUE}.")
    private String seeds = "0..499";

    @Override
    public Integer call() {
        SeedRange range = SeedRange.parse(seeds);
        SimReport report;
        try (StepProgress progress = new StepProgress("sim", System.err)) {
            report = SimReport.of(range.first(), range.last(), done -> progress.at("runs", done, range.count()));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("runs", report.runs());
        document.put("safetyViolations", report.safetyViolations());
        document.put("livenessFailures", report.livenessFailures());
        document.put("failedSeeds", report.failedSeeds());
        output.print(document, () -> {
            report.failed().stream().map(SimResult::toString).forEach(System.out::println);
            output.line(
                    "%d runs, %d unsafe, %d stuck",
                    report.runs(), report.safetyViolations(), report.livenessFailures());
        });
        return report.failed().isEmpty() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }
}
