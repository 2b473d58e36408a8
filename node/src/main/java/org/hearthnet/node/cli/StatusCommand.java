package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearthnet.node.local.KeyFile;
import org.hearthnet.node.local.LedgerAccess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth status}: this node. */
@Command(name = "status", description = "Show this node: height, role, peers, totals.")
final class StatusCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "The node's directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        try (LedgerAccess ledger = LedgerAccess.open(data)) {
            JsonNode status = ledger.isLive()
                    ? ledger.get("status").orElseThrow()
                    : stopped(ledger.get("ledger").orElseThrow());
            output.print(status, () -> print(status));
        }
        return ExitCode.DONE;
    }

    private JsonNode stopped(JsonNode ledger) throws IOException {
        return ((ObjectNode) ledger)
                .put("running", false)
                .put("account", KeyFile.read(data).id().toHex());
    }

    private void print(JsonNode s) {
        output.line(
                "network    %s (%s)", s.path("name").asText(), s.path("network").asText());
        output.line("account    %s", s.path("account").asText());
        output.line(
                "height     %d, epoch %d",
                s.path("height").asLong(), s.path("epoch").asLong());
        output.line("state      %s", s.path("stateRoot").asText());
        output.line(
                "supply     %s minted, %s burned, %s held",
                JsonText.credits(s, "/supply/minted"),
                JsonText.credits(s, "/supply/burned"),
                JsonText.credits(s, "/supply/held"));
        if (!s.path("running").asBoolean()) {
            output.line("running    no; start it: hearth node --data %s", data);
            return;
        }
        output.line(
                "running    %d s, process %d%s",
                s.path("upSeconds").asLong(),
                s.path("pid").asLong(),
                s.path("seat").asBoolean() ? ", votes on blocks" : "");
        output.line("role       %s", s.path("role").asText());
        output.line(
                "peers      %d, the highest known block is %d",
                s.path("peers").asInt(), s.path("bestKnownHeight").asLong());
        output.line("waiting    %d transactions", s.path("pooledTransactions").asInt());
        s.path("addresses").forEach(a -> output.line("address    %s", a.asText()));
    }
}
