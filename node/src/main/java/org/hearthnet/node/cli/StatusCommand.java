package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearthnet.node.local.LedgerAccess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth status}: this node. */
@Command(name = "status", description = "Show how this node is: chain, role, peers.")
final class StatusCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "The node's directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        try (LedgerAccess ledger = LedgerAccess.open(data)) {
            JsonNode status = ledger.get(ledger.isLive() ? "status" : "ledger").orElseThrow();
            output.print(status, () -> output.fields(status));
            if (!ledger.isLive()) {
                output.line("(no node runs in %s: this is its stored ledger)", data);
            }
            return ExitCode.DONE;
        }
    }
}
