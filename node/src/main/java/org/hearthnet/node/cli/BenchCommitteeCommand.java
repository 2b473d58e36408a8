package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.ledger.store.Directories;
import org.hearthnet.node.bench.CommitteeBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth bench committee}: how soon a transfer is final. */
@Command(
        name = "committee",
        description = "A committee of processes on this machine under load: time from sending a transfer to finality.")
final class BenchCommitteeCommand implements Callable<Integer> {
    @Option(names = "--members", defaultValue = "4", description = "Members, a process each (${DEFAULT-VALUE}).")
    private int members;

    @Option(names = "--rate", defaultValue = "500", description = "Transfers a second (${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "20", description = "How long to send (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--interval", defaultValue = "100", description = "Block interval in ms (${DEFAULT-VALUE}).")
    private int interval;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (members < 1 || members > 32 || rate < 1 || rate > 20_000 || seconds < 1 || interval < 1) {
            throw CommandException.usage("--members 1 to 32, --rate 1 to 20000, --seconds and --interval above 0");
        }
        Path directory = Files.createTempDirectory("hearth-bench");
        try {
            var settings = new CommitteeBench.Settings(members, rate, seconds, interval);
            CommitteeBench.Result result = new CommitteeBench(directory, settings).run();
            output.print(document(result), () -> print(result));
            return result.lost() == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
        } finally {
            Directories.delete(directory);
        }
    }

    private Map<String, Object> document(CommitteeBench.Result r) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("members", members);
        out.put("transfersPerSecond", rate);
        out.put("sent", r.sent());
        out.put("lost", r.lost());
        out.put("medianFinalityMs", BenchCommand.rounded(r.medianMs()));
        out.put("percentile99FinalityMs", BenchCommand.rounded(r.percentile99Ms()));
        out.put("maxFinalityMs", BenchCommand.rounded(r.maxMs()));
        out.put("blocks", r.blocks());
        out.put("blocksOfLaterViews", r.laterViews());
        return out;
    }

    private void print(CommitteeBench.Result r) {
        output.line("sent         %d transfers, %d a second; %d lost", r.sent(), rate, r.lost());
        output.line(
                "finality     median %.0f ms, 99 %% under %.0f ms, longest %.0f ms",
                r.medianMs(), r.percentile99Ms(), r.maxMs());
        output.line("blocks       %d, of them %d in a later view", r.blocks(), r.laterViews());
    }
}
