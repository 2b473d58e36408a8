package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.node.local.NodeDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth audit}: checks a store without changing a byte of it. */
@Command(name = "audit", description = "Check a stored ledger: every byte, every signature, a full replay. Read-only.")
final class AuditCommand implements Callable<Integer> {
    private static final int MOST_ERRORS_SHOWN = 20;

    @Option(names = "--data", description = "The node's directory.")
    private @Nullable Path data;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (data == null) {
            throw CommandException.usage("which store? hearth audit --data DIR");
        }
        ChainSpec spec = new NodeDirectory(data).spec();
        AuditReport report = run(data, spec);
        output.print(report, () -> show(report));
        return report.ok() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    @Command(name = "account", description = "Check an account against a peer with light proofs.")
    int account(
            @Parameters(paramLabel = "ID", description = "The account.") String id,
            @Option(names = "--from", paramLabel = "PEER", description = "Whom to ask.") String peer,
            @Option(names = "--genesis", paramLabel = "FILE", description = "The network's file.") Path genesis,
            @Option(names = "--checkpoint", paramLabel = "HASH", description = "A block to trust.") String checkpoint) {
        throw CommandException.usage(
                "light proofs are not in this version: the state root is a plain Merkle root and"
                        + " there are no committee certificates yet. A full node can check everything: hearth audit --data DIR");
    }

    private AuditReport run(Path directory, ChainSpec spec) {
        if (System.console() == null || output.isJson()) {
            return Audit.run(directory, spec, AuditProgress.NONE);
        }
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("audit")
                .setInitialMax(1)
                .setUpdateIntervalMillis(100)
                .build()) {
            return Audit.run(directory, spec, (step, done, total) -> {
                bar.setExtraMessage(step);
                bar.maxHint(total);
                bar.stepTo(done);
            });
        }
    }

    private void show(AuditReport report) {
        output.line("%s", report.ok() ? "the ledger is whole" : "THE LEDGER IS NOT WHOLE");
        output.line("height       %d", report.height());
        output.line("state root   %s", report.stateRoot());
        output.line("convictions  %d, each recomputed", report.convictions());
        output.line("seal         %s", report.sealed() ? "every byte of every file compared" : "none (not closed)");
        report.supply()
                .ifPresent(s -> output.line(
                        "supply       %s minted - %s burned = %s held (credits)", s.minted(), s.burned(), s.held()));
        report.errors().stream()
                .limit(MOST_ERRORS_SHOWN)
                .forEach(e -> output.line(String.format(Locale.ROOT, "error        %s: %s", e.where(), e.what())
                        .replace("%", "%%")));
        if (report.errors().size() > MOST_ERRORS_SHOWN) {
            output.line("... and %d more (--json has all)", report.errors().size() - MOST_ERRORS_SHOWN);
        }
    }
}
