package org.hearthnet.node.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.node.app.NodeOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a node lives and whom it knows. */
final class JoinOptions {
    @Option(names = "--data", required = true, description = "The node's directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Option(names = "--genesis", paramLabel = "FILE", description = "The network's file; at the first start.")
    private @Nullable Path genesis;

    @Option(names = "--listen", paramLabel = "MULTIADDR", description = "Where to listen; repeatable.")
    private List<String> listen = new ArrayList<>();

    @Option(names = "--bootstrap", paramLabel = "MULTIADDR", description = "A node to connect with; repeatable.")
    private List<String> bootstrap = new ArrayList<>();

    Path data() {
        return data;
    }

    NodeOptions options() {
        return new NodeOptions(
                data,
                Optional.ofNullable(genesis),
                listen.isEmpty() ? List.of(NodeOptions.DEFAULT_LISTEN) : listen,
                bootstrap);
    }
}
