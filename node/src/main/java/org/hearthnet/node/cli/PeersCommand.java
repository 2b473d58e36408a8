package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hearthnet.node.local.LocalClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth peers}: whom this node is connected with. */
@Command(name = "peers", description = "Show the peers that this node is connected with.")
final class PeersCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "The node's directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        try (LocalClient client = LocalClient.require(data)) {
            JsonNode peers = client.get("peers").orElseThrow();
            List<List<String>> rows = new ArrayList<>();
            for (JsonNode p : peers) {
                rows.add(List.of(
                        p.path("account").asText().substring(0, 8),
                        p.path("height").asText("?"),
                        p.has("roundTripMicros")
                                ? String.format(
                                        java.util.Locale.ROOT,
                                        "%.1f",
                                        p.path("roundTripMicros").asLong() / 1000.0)
                                : "?",
                        p.path("outbound").asBoolean() ? "out" : "in",
                        p.path("address").asText(),
                        p.path("agent").asText("?")));
            }
            output.print(
                    peers, () -> output.table(List.of("account", "height", "ms", "way", "address", "program"), rows));
        }
        return ExitCode.DONE;
    }
}
