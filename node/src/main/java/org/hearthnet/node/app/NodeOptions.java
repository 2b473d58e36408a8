package org.hearthnet.node.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hearthnet.ledger.tree.Retention;

/**
 * How a node is started.
 *
 * @param data its directory
 * @param genesis the network's file; needed at the first start only, when it is copied into the directory
 * @param listen multiaddrs to listen at
 * @param bootstrap multiaddrs with peer ids to keep a connection with
 * @param history how many past versions of the state's tree its ledger keeps
 * @param wantsSeat whether it applies for a seat in the committee; one that it has it keeps in any case
 */
public record NodeOptions(
        Path data,
        Optional<Path> genesis,
        List<String> listen,
        List<String> bootstrap,
        Retention history,
        boolean wantsSeat) {
    /** Where a node listens that was told nothing: any free port, this machine only. */
    public static final String DEFAULT_LISTEN = "/ip4/127.0.0.1/tcp/0";

    /** Copies the lists. */
    public NodeOptions {
        listen = List.copyOf(listen);
        bootstrap = List.copyOf(bootstrap);
    }

    /** A node that listens on this machine only and knows nobody. */
    public static NodeOptions local(Path data, Path genesis) {
        return new NodeOptions(
                data, Optional.of(genesis), List.of(DEFAULT_LISTEN), List.of(), Retention.DEFAULT, false);
    }

    /** The same with other nodes to connect with. */
    public NodeOptions withBootstrap(List<String> addresses) {
        return new NodeOptions(data, genesis, listen, addresses, history, wantsSeat);
    }
}
