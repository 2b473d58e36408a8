package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.hearthnet.node.local.LedgerAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth ledger}: what is in the store. */
@Command(
        name = "ledger",
        description = "Look into the ledger, copy it, or put a copy back.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LedgerExportCommand.class, LedgerBackupCommand.class, LedgerRestoreCommand.class})
final class LedgerCommand {
    /** What can be shown. */
    enum Kind {
        BLOCK("a height"),
        TX("a transaction's id"),
        ACCOUNT("an account's id or its label in genesis"),
        JOB("a job's id"),
        DUTY("a duty's id"),
        DISPUTE("the id of the duty that it grew out of"),
        ESCROW("an escrow's id"),
        BATCH("a batch's id"),
        COMMITTEE("a height, at most two epochs ahead"),
        CONVICTIONS(null);

        private final @Nullable String argument;

        Kind(@Nullable String argument) {
            this.argument = argument;
        }
    }

    private LedgerCommand() {}

    @Command(
            mixinStandardHelpOptions = true,
            name = "show",
            description =
                    "Show a block, tx, account, job, duty, dispute, escrow, batch or committee, or all convictions.")
    int show(
            @Parameters(paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.") Kind kind,
            @Parameters(paramLabel = "ID", arity = "0..1", description = "Which one.") @Nullable String id,
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Mixin Output output)
            throws IOException {
        if ((kind.argument == null) != (id == null)) {
            throw CommandException.usage(
                    kind.argument == null ? "convictions are shown all together" : "which one? Give " + kind.argument);
        }
        String name = kind.name().toLowerCase(java.util.Locale.ROOT);
        try (LedgerAccess ledger = LedgerAccess.open(data)) {
            JsonNode found = ledger.get(id == null ? name : name + "/" + id)
                    .orElseThrow(() -> CommandException.failed(
                            "the ledger has no " + name + " " + id + (kind == Kind.DISPUTE ? " that is open" : "")));
            output.print(found, () -> output.fields(found));
        }
        return ExitCode.DONE;
    }
}
