package org.hearthnet.node.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.store.Directories;
import org.hearthnet.ledger.store.StoreException;

/**
 * A running node's checkpoints, for commands on the same machine that read the whole ledger: the node makes one out of hard
 * links, which is quick, and the command reads it in its own time and deletes it. What a killed command leaves behind is deleted
 * at the node's next start.
 */
public final class CheckpointRoutes implements LocalRoutes {
    /** Most checkpoints at one time: each keeps files from being deleted. */
    static final int MAX_CHECKPOINTS = 4;

    private static final String PARENT = "checkpoints";

    private final Path parent;
    private final RocksStore store;
    private long made;

    /**
     * Deletes old checkpoints in {@code directory}.
     *
     * @param store the node's, open
     */
    public CheckpointRoutes(NodeDirectory directory, RocksStore store) throws IOException {
        this.parent = directory.path().toAbsolutePath().resolve(PARENT);
        this.store = store;
        Directories.delete(parent);
    }

    @Override
    public void add(HttpRouting.Builder routing) {
        routing.post("/v0/ledger/checkpoint", this::checkpoint);
    }

    private synchronized void checkpoint(ServerRequest request, ServerResponse response) {
        ObjectNode out = LocalJson.mapper().createObjectNode();
        int status = 200;
        Path path = parent.resolve("at-" + store.height() + "-" + made++);
        try {
            if (count() >= MAX_CHECKPOINTS) {
                status = 503;
                out.put("error", MAX_CHECKPOINTS + " backups or exports are under way; wait for one to end");
            } else {
                long height = store.checkpoint(path);
                out.put("path", path.toString()).put("height", height);
            }
        } catch (StoreException | IOException e) {
            status = 500;
            out.put("error", "no checkpoint could be made: " + e.getMessage());
        }
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(LocalJson.bytes(out));
    }

    private long count() throws IOException {
        if (!Files.isDirectory(parent)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(parent)) {
            return all.count();
        }
    }
}
