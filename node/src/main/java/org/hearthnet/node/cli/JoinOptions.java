package org.hearthnet.node.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.ledger.tree.Retention;
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

    @Option(
            names = "--history",
            paramLabel = "BLOCKS|archive",
            defaultValue = "64",
            description = "For how many past blocks the state's tree is kept, or 'archive' for all (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String history;

    @Option(
            names = "--seat",
            description =
                    "Apply for a seat in the committee, as soon as this account is a veteran. A seat wants a machine"
                            + " that is always on.")
    private boolean seat;

    Path data() {
        return data;
    }

    NodeOptions options() {
        return new NodeOptions(
                data,
                Optional.ofNullable(genesis),
                listen.isEmpty() ? List.of(NodeOptions.DEFAULT_LISTEN) : listen,
                bootstrap,
                retention(history),
                seat);
    }

    /** The retention that {@code text} asks for. */
    static Retention retention(String text) {
        if (text.equals("archive")) {
            return Retention.ARCHIVE;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw CommandException.usage("--history must be a number of blocks or 'archive', not '" + text + "'");
        }
        return new Retention(Long.parseLong(text));
    }
}
