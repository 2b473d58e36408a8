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
        if (!seeds.matches("[0-9]{1,15}(\\.\\.[0-9]{1,15})?")) {
            throw CommandException.usage("--seeds must be a number or two, such as 0..499");
        }
        int dots = seeds.indexOf("..");
        long first = Long.parseLong(dots < 0 ? seeds : seeds.substring(0, dots));
        long last = dots < 0 ? first : Long.parseLong(seeds.substring(dots + 2));
        if (first > last) {
            throw CommandException.usage("--seeds " + seeds + " is empty");
        }
        SimReport report;
        try (StepProgress progress = new StepProgress("sim", System.err)) {
            report = SimReport.of(first, last, done -> progress.at("runs", done, last - first + 1));
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
