package org.hearthnet.node.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.Directories;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreLayout;

/** The ledger of a directory: asks the node that runs there, else reads the store without changing a byte of it. */
public interface LedgerAccess extends AutoCloseable {
    /** The answer to a path as of {@link LedgerQueries}; empty if there is no such thing. */
    Optional<JsonNode> get(String path) throws IOException;

    /** Whether a running node answers. */
    boolean isLive();

    @Override
    void close() throws IOException;

    /** Opens the ledger of a node's directory. */
    static LedgerAccess open(Path directory) throws IOException {
        Optional<LocalClient> client = LocalClient.find(directory);
        return client.isPresent() ? new Live(client.get()) : Stored.open(new NodeDirectory(directory));
    }

    /** Through a running node. */
    record Live(LocalClient client) implements LedgerAccess {
        @Override
        public Optional<JsonNode> get(String path) throws IOException {
            return client.get(path);
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** From the store. */
    record Stored(Chain chain, LedgerQueries queries, Path logs) implements LedgerAccess {
        private static Stored open(NodeDirectory directory) throws IOException {
            ChainSpec spec = directory.spec();
            if (!Files.isDirectory(new StoreLayout(directory.path()).database())) {
                throw LocalException.unavailable("there is no ledger in " + directory.path()
                        + " yet. Start the node once: hearth node --data " + directory.path());
            }
            Path logs = Files.createTempDirectory("hearth-read");
            try {
                Chain chain = Chain.open(spec, RocksStore.openReadOnly(directory.path(), spec.id(), logs));
                return new Stored(chain, new LedgerQueries(LedgerSource.of(chain)), logs);
            } catch (StoreException e) {
                Directories.delete(logs);
                throw LocalException.unavailable(
                        "the ledger in " + directory.path() + " cannot be read: " + e.getMessage());
            }
        }

        @Override
        public Optional<JsonNode> get(String path) {
            try {
                return queries.answer(path);
            } catch (IllegalArgumentException e) {
                throw LocalException.usage(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public boolean isLive() {
            return false;
        }

        @Override
        public void close() throws IOException {
            chain.close();
            Directories.delete(logs);
        }
    }
}
