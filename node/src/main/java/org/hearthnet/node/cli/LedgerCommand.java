package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.hearthnet.node.local.LedgerAccess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth ledger}: looks things up in a node's ledger, running or not. */
@Command(name = "ledger", description = "Look things up in the ledger.", synopsisSubcommandLabel = "COMMAND")
final class LedgerCommand {
    private LedgerCommand() {}

    /** What can be shown. */
    enum Thing {
        BLOCK("block"),
        TX("transaction"),
        ACCOUNT("account"),
        DUTY("duty"),
        DISPUTE("dispute"),
        ESCROW("escrow"),
        BATCH("batch"),
        CONVICTIONS("convictions");

        private final String path;

        Thing(String path) {
            this.path = path;
        }
    }

    @Command(
            name = "show",
            description = "Show a block (by height), or by id: a transaction, account, duty, dispute ...")
    int show(
            @Parameters(
                            index = "0",
                            paramLabel = "WHAT",
                            description = "block, tx, account, duty, dispute, escrow, batch or convictions.")
                    Thing what,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "WHICH",
                            defaultValue = "",
                            description = "Which one.")
                    String which,
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Mixin Output output)
            throws IOException {
        try (LedgerAccess ledger = LedgerAccess.open(data)) {
            String path = what == Thing.CONVICTIONS ? what.path : what.path + "/" + which;
            JsonNode found = ledger.get(path)
                    .orElseThrow(() -> CommandException.failed("the ledger has no " + what.path + " " + which));
            output.print(found, () -> output.fields(found));
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
