package org.hearthnet.ledger.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.store.StagedState;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;
import org.hearthnet.ledger.store.StoreLayout;
import org.hearthnet.ledger.tree.NodeCache;
import org.hearthnet.ledger.tree.PathRange;
import org.hearthnet.ledger.tree.RangeProof.KeyValue;
import org.hearthnet.ledger.tree.StagedTree;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * A store without history in the making: the state of one block, fetched piece by piece. After a crash at any moment it goes on
 * with the last piece that was written; before {@link #finish} it is no ledger. Pieces must have been verified.
 */
public final class SnapshotStore implements AutoCloseable {
    private static final long CACHE_BYTES = 32 << 20;

    private final Database database;
    private final Path directory;
    private Optional<StagedState> staged;
    private NodeCache cache;

    private SnapshotStore(Database database, Path directory) {
        this.database = database;
        this.directory = directory;
        this.staged = MetaRecords.staged(database).map(this::decode);
        this.cache = cache();
    }

    private StagedState decode(byte[] bytes) {
        try {
            return StagedState.decode(bytes);
        } catch (CodecException e) {
            throw new StoreException(Reason.CORRUPT, directory + ": the record of a state that is being fetched", e);
        }
    }

    private NodeCache cache() {
        return new NodeCache(key -> database.get(Column.TREE, key.encode()).map(Bytes::owned), CACHE_BYTES);
    }

    /**
     * Opens what there is in a node's directory.
     *
     * @return nothing if there is a ledger with blocks already
     * @throws StoreException if it cannot be used: the reason says why
     */
    public static Optional<SnapshotStore> open(Path node, Hash32 network) {
        Path directory = new StoreLayout(node).database();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreException(Reason.IO, directory + " cannot be made: " + e, e);
        }
        Database database = Database.open(directory, Settings.forWriting(), false);
        try {
            boolean other = MetaRecords.schema(database, directory)
                    .filter(schema -> schema != RocksStore.SCHEMA)
                    .isPresent();
            if (other || MetaRecords.check(database, directory, network, true) >= 0) {
                database.close();
                return Optional.empty();
            }
            return Optional.of(new SnapshotStore(database, directory));
        } catch (StoreException e) {
            database.close();
            throw e;
        }
    }

    /** Forgets a state that was not fetched to its end, in a store that will begin with genesis. */
    static void forget(Database database) {
        if (MetaRecords.staged(database).isPresent()) {
            try (Database.Batch batch = database.batch()) {
                clear(batch);
                MetaRecords.deleteStaged(batch);
                batch.commit();
            }
        }
    }

    private static void clear(Database.Batch batch) {
        List.of(Column.STATE, Column.PATHS, Column.TREE).forEach(batch::clear);
    }

    /** How far it is, if it has begun. */
    public synchronized Optional<StagedState> staged() {
        return staged;
    }

    /** Begins with the state after another block; what was there is forgotten. */
    public synchronized StagedState begin(Hash32 block, long height) {
        StagedState none = StagedState.none(block, height);
        try (Database.Batch batch = database.batch()) {
            clear(batch);
            MetaRecords.putStaged(batch, none.encode().toArray());
            batch.commit();
        }
        cache = cache();
        staged = Optional.of(none);
        return none;
    }

    /**
     * Adds verified records.
     *
     * @param lane to which they belong
     * @param following the first path of the lane that is still missing; nothing if none is
     */
    public synchronized StagedState add(int lane, Optional<Hash32> following, List<KeyValue> records) {
        StagedState before = staged.orElseThrow(() -> new IllegalStateException("nothing has begun"));
        Map<Bytes, Bytes> added = new LinkedHashMap<>();
        records.forEach(record -> added.put(record.key(), record.value()));
        TreeUpdate update = new StagedTree(cache, before.height()).add(added);
        long bytes = records.stream()
                .mapToLong(r -> r.key().length() + r.value().length())
                .sum();
        StagedState after = before.with(lane, following, records.size(), bytes);
        try (Database.Batch batch = database.batch()) {
            for (KeyValue record : records) {
                byte[] key = record.key().unsafeArray();
                batch.put(Column.STATE, key, record.value().unsafeArray());
                batch.put(Column.PATHS, PathRange.pathOf(record.key()).toArray(), key);
            }
            update.nodes().forEach((key, node) -> batch.put(Column.TREE, key.encode(), node.unsafeArray()));
            MetaRecords.putStaged(batch, after.encode().toArray());
            batch.commit();
        }
        cache.stored(update);
        staged = Optional.of(after);
        return after;
    }

    /**
     * Makes a ledger of it that begins with {@code block}.
     *
     * @param genesis the genesis block
     * @param steps headers by which a light client comes to {@code block}, so that this node can show them too
     * @throws StoreException {@link Reason#CORRUPT} if the records are not those of the block's state
     */
    public synchronized void finish(SealedBlock genesis, List<SealedHeader> steps, SealedBlock block) {
        StagedState all = staged.orElseThrow(() -> new IllegalStateException("nothing has begun"));
        Hash32 root = new StagedTree(cache, block.height()).root();
        boolean whole = all.isComplete() && all.block().equals(block.hash());
        if (!whole || !root.equals(block.block().header().stateRoot())) {
            throw new StoreException(
                    Reason.CORRUPT,
                    directory + ": the fetched state has root " + root + ", block " + block.height() + " says "
                            + block.block().header().stateRoot());
        }
        try (Database.Batch batch = database.batch()) {
            RocksStore.putBlock(batch, genesis);
            steps.forEach(step -> RocksStore.putHeader(batch, step));
            RocksStore.putBlock(batch, block);
            MetaRecords.putTip(batch, block.block());
            MetaRecords.putBase(batch, block.height());
            MetaRecords.deleteStaged(batch);
            batch.commit();
        }
        staged = Optional.empty();
    }

    @Override
    public void close() {
        database.close();
    }
}
