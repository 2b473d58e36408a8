package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.node.local.NodeDirectory;
import org.hearthnet.node.local.RunningNode;
import org.hearthnet.node.report.AuditPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth audit}: full replay of a store. */
@Command(
        name = "audit",
        description = "Check every byte and replay every block of a stored ledger; nothing in it is changed.")
final class AuditCommand implements Callable<Integer> {
    @Option(names = "--data", description = "The node's directory; the current one if not given.")
    private Path data = Path.of("");

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page for people too; replaced if it is there.")
    private @Nullable Path html;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        NodeDirectory directory = new NodeDirectory(data.toAbsolutePath());
        if (RunningNode.find(directory.path()).isPresent()) {
            throw CommandException.unavailable("a node runs in " + data + " and is writing: stop it first");
        }
        AuditReport report;
        try (StepProgress progress = new StepProgress("audit", System.err)) {
            report = Audit.run(directory.path(), directory.spec(), progress::at);
        }
        if (html != null) {
            Files.writeString(html, AuditPage.of(directory.spec(), report));
        }
        output.print(document(report), () -> print(report));
        return report.ok() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private static Map<String, @Nullable Object> document(AuditReport report) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("ok", report.ok());
        out.put("height", report.height());
        out.put("stateRoot", report.stateRoot());
        out.put("errors", report.errors());
        out.put("supply", report.supply().orElse(null));
        out.put("convictions", report.convictions());
        out.put("sealed", report.sealed());
        out.put("limits", report.limits().orElse(null));
        return out;
    }

    private void print(AuditReport report) {
        output.line("result       %s", report.ok() ? "everything is in order" : "THERE ARE ERRORS");
        output.line("height       %d", report.height());
        output.line("state root   %s", report.stateRoot());
        output.line("seal         %s", report.sealed() ? "checked" : "none: the node was not closed in good order");
        report.limits().ifPresent(limits -> output.line("limits       %s", limits));
        output.line("convictions  %d recomputed", report.convictions());
        report.supply()
                .ifPresent(s ->
                        output.line("supply       %s minted - %s burned = %s held", s.minted(), s.burned(), s.held()));
        if (!report.errors().isEmpty()) {
            output.line("");
            output.table(
                    List.of("where", "what"),
                    report.errors().stream()
                            .map(e -> List.of(e.where(), e.what()))
                            .toList());
        }
        if (html != null) {
            output.line("page         %s", html);
        }
    }

    /** The light proof of one account against a peer. */
    @Command(
            mixinStandardHelpOptions = true,
            name = "account",
            description =
                    "Prove one account by a peer's headers and a Merkle proof; no store is needed, nobody is trusted.")
    int account(
            @Parameters(paramLabel = "ID", description = "The account's id, or its label in the genesis file.")
                    String id,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "PEER",
                            description = "Address of a node, ending in /p2p/ID.")
                    String from,
            @Option(names = "--genesis", required = true, paramLabel = "FILE", description = "The network's file.")
                    Path genesis,
            @Option(
                            names = "--checkpoint",
                            paramLabel = "HASH",
                            description = "Hash of a recent block to trust instead of the genesis file.")
                    @Nullable
                    String checkpoint,
            @Mixin Output lines)
            throws IOException {
        return new AccountProof(id, from, genesis, checkpoint).run(lines);
    }
}
