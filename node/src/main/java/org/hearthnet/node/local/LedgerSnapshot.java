package org.hearthnet.node.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.rocksdb.StoreBackup;
import org.hearthnet.ledger.store.Directories;
import org.hearthnet.ledger.store.StoreCopy;
import org.hearthnet.ledger.store.StoreLayout;

/**
 * A whole ledger to read at leisure: a checkpoint of the node that runs in a directory, else the directory's store itself.
 */
public final class LedgerSnapshot implements AutoCloseable {
    private final Path node;
    private final boolean live;

    private LedgerSnapshot(Path node, boolean live) {
        this.node = node;
        this.live = live;
    }

    /** The ledger of a node's directory as it is now. */
    public static LedgerSnapshot of(Path directory) throws IOException {
        Optional<LocalClient> running = LocalClient.find(directory);
        if (running.isPresent()) {
            try (LocalClient client = running.get()) {
                JsonNode made = client.post("ledger/checkpoint", Map.of());
                return new LedgerSnapshot(Path.of(made.path("path").asText()), true);
            }
        }
        if (!Files.isDirectory(new StoreLayout(directory).database())) {
            throw LocalException.unavailable("there is no ledger in " + directory
                    + " yet. Start the node once: hearth node --data " + directory);
        }
        return new LedgerSnapshot(directory, false);
    }

    /** Whether a running node made it. */
    public boolean isLive() {
        return live;
    }

    /** Copies it to {@code target}, which has no store; returns the bytes. */
    public long backup(Hash32 network, Path target, StoreCopy.Progress progress) {
        return live
                ? StoreBackup.ofCheckpoint(node, target, progress)
                : StoreBackup.ofStopped(node, network, target, progress);
    }

    /**
     * Opens it for reading.
     *
     * @param logs directory for the database's own log
     */
    public RocksStore open(Hash32 network, Path logs) {
        return RocksStore.openReadOnly(node, network, logs);
    }

    /** Deletes the checkpoint, if it is one. */
    @Override
    public void close() throws IOException {
        if (live) {
            Directories.delete(node);
        }
    }
}
