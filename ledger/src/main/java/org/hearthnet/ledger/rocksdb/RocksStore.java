package org.hearthnet.ledger.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.PastStates;
import org.hearthnet.ledger.store.Seal;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;
import org.hearthnet.ledger.store.StoreLayout;
import org.hearthnet.ledger.tree.NodeReader;
import org.hearthnet.ledger.tree.Retention;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * A ledger on disk. One synced write batch a block, so that after a crash at any moment a block is there with all its
 * changes or not at all. A store that is closed gets a {@link Seal}; opening it for writing removes the seal first.
 */
public final class RocksStore implements LedgerStore {
    /** Version of what is stored how. */
    static final int SCHEMA = 3;

    private final StoreLayout layout;
    private final Database database;
    private final StateReader state;
    private final TreeColumns tree;
    private final PastColumns past;
    private final boolean readOnly;
    private final long base;
    private volatile long height;
    private boolean failed;
    private boolean closed;

    private RocksStore(StoreLayout layout, Database database, Retention retention, boolean readOnly, long height) {
        this.layout = layout;
        this.database = database;
        this.state = new RocksState(database);
        this.tree = new TreeColumns(database, retention);
        this.readOnly = readOnly;
        this.height = height;
        this.past = new PastColumns(database, retention);
        this.base = MetaRecords.base(database);
    }

    /**
     * Opens or creates the ledger of {@code network} in a node's directory.
     *
     * @throws StoreException if it cannot be used: the reason says why
     */
    public static RocksStore open(Path node, Hash32 network) {
        return open(node, network, Retention.DEFAULT);
    }

    /**
     * The same with a choice of how many versions of the tree are kept.
     *
     * @throws StoreException if it cannot be used: the reason says why
     */
    public static RocksStore open(Path node, Hash32 network, Retention retention) {
        return open(node, network, retention, Settings::forWriting);
    }

    static RocksStore open(Path node, Hash32 network, Retention retention, Supplier<Settings> settings) {
        StoreLayout layout = new StoreLayout(node);
        Path directory = layout.database();
        try {
            Files.createDirectories(directory);
            if (!Files.isWritable(directory)) {
                throw new StoreException(Reason.READ_ONLY, directory + " cannot be written");
            }
        } catch (IOException e) {
            throw new StoreException(Reason.IO, directory + " cannot be made: " + e, e);
        }
        Database database = Database.open(directory, settings.get(), false);
        try {
            // With the lock held, before the first write: from now on the store is not what the seal says.
            Files.deleteIfExists(layout.seal());
            Migration.run(database, directory);
            long height = MetaRecords.check(database, directory, network, true);
            SnapshotStore.forget(database);
            return new RocksStore(layout, database, retention, false, height);
        } catch (IOException e) {
            database.close();
            throw new StoreException(Reason.READ_ONLY, layout.seal() + " cannot be removed: " + e, e);
        } catch (StoreException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Opens an existing ledger without changing a byte of it.
     *
     * @param logs directory for RocksDB's own log
     */
    public static RocksStore openReadOnly(Path node, Hash32 network, Path logs) {
        StoreLayout layout = new StoreLayout(node);
        Database database = Database.open(layout.database(), Settings.forReading(logs), true);
        try {
            long height = MetaRecords.check(database, layout.database(), network, false);
            return new RocksStore(layout, database, Retention.ARCHIVE, true, height);
        } catch (StoreException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public long height() {
        return height;
    }

    @Override
    public synchronized void append(SealedBlock block, StateDelta delta, TreeUpdate update) {
        if (readOnly || closed || failed) {
            throw new StoreException(
                    Reason.READ_ONLY,
                    readOnly ? "the ledger was opened for reading" : "the ledger is closed or failed to write before");
        }
        if (block.height() != height + 1) {
            throw new IllegalArgumentException("block " + block.height() + " after " + height);
        }
        try (Database.Batch batch = database.batch()) {
            past.fill(batch, block.height(), delta); // reads what the next line replaces
            fill(batch, block, delta);
            tree.fill(batch, update);
            failed = true; // after a failed write nobody knows what the disk has until the store is opened again
            batch.commit();
            failed = false;
        }
        tree.stored(update);
        height = block.height();
    }

    private static void fill(Database.Batch batch, SealedBlock sealed, StateDelta delta) {
        putBlock(batch, sealed);
        delta.changes().forEach((key, value) -> {
            if (value.isPresent()) {
                batch.put(Column.STATE, key.unsafeArray(), value.get().unsafeArray());
            } else {
                batch.delete(Column.STATE, key.unsafeArray());
            }
        });
        MetaRecords.putTip(batch, sealed.block());
    }

    static void putHeader(Database.Batch batch, SealedHeader header) {
        byte[] at = number(header.height());
        batch.put(Column.HEADERS, at, SealedHeader.KIND.codec().encode(header));
        batch.put(Column.HEIGHTS, header.header().hash().toArray(), at);
    }

    /** A block without what it does to the state. */
    static void putBlock(Database.Batch batch, SealedBlock sealed) {
        Block block = sealed.block();
        batch.put(Column.BLOCKS, number(block.height()), block.encode());
        putHeader(batch, sealed.header());
        for (int i = 0; i < block.transactions().size(); i++) {
            byte[] place = ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                    .putLong(block.height())
                    .putInt(i)
                    .array();
            batch.put(Column.TRANSACTIONS, block.transactions().get(i).id().toArray(), place);
        }
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    @Override
    public StateReader state() {
        return state;
    }

    @Override
    public NodeReader nodes() {
        return tree.nodes();
    }

    @Override
    public Optional<PastStates> past() {
        return Optional.of(past);
    }

    @Override
    public long base() {
        return base;
    }

    @Override
    public Optional<Block> block(long at) {
        return decode(database.get(Column.BLOCKS, number(at)), Block::decode, "block " + at);
    }

    @Override
    public Optional<SealedHeader> header(long at) {
        return decode(database.get(Column.HEADERS, number(at)), SealedHeader.KIND.codec()::decode, "header " + at);
    }

    private static <T> Optional<T> decode(
            Optional<byte[]> bytes, java.util.function.Function<byte[], T> decoder, String what) {
        try {
            return bytes.map(decoder);
        } catch (CodecException e) {
            throw new StoreException(Reason.CORRUPT, what + " is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Long> heightOf(Hash32 block) {
        return database.get(Column.HEIGHTS, block.toArray())
                .map(b -> ByteBuffer.wrap(b).getLong());
    }

    @Override
    public List<SealedHeader> headers(long from, int count) {
        List<SealedHeader> out = new ArrayList<>();
        int most = Math.min(count, MAX_HEADERS);
        if (most > 0 && from >= 0) {
            database.scan(Column.HEADERS, number(from), (key, value) -> {
                out.add(SealedHeader.KIND.codec().decode(value));
                return out.size() < most;
            });
        }
        return out;
    }

    @Override
    public Optional<TransactionPlace> transaction(Hash32 id) {
        return database.get(Column.TRANSACTIONS, id.toArray()).map(bytes -> {
            ByteBuffer place = ByteBuffer.wrap(bytes);
            return new TransactionPlace(place.getLong(), place.getInt());
        });
    }

    /** Reads every block of every table file and checks its checksum. */
    public void verifyChecksums() {
        database.verifyChecksums();
    }

    /** Moves everything into tables and rewrites them without what was deleted or replaced; takes its time. */
    public void compact() {
        database.flush();
        database.compact();
    }

    /** Number of records of a column. */
    public long count(Column column) {
        long[] count = new long[1];
        database.scan(column, new byte[0], (key, value) -> ++count[0] > 0);
        return count[0];
    }

    /**
     * Makes a consistent copy of the store as it is after the last block, quickly, out of hard links; no block gets in
     * meanwhile. It shares files with this store, so copy it and delete it.
     *
     * @param node a new directory on the same file system, which then looks like a node's
     * @return the height of its last block
     */
    public synchronized long checkpoint(Path node) {
        if (closed) {
            throw new StoreException(Reason.CLOSED, "the ledger is closed");
        }
        try {
            Files.createDirectories(node);
        } catch (IOException e) {
            throw new StoreException(Reason.IO, node + " cannot be made: " + e, e);
        }
        database.checkpoint(new StoreLayout(node).database());
        return height;
    }

    /** Visits the records of a column in order of keys, until the visitor says false. */
    public void scan(Column column, java.util.function.BiPredicate<byte[], byte[]> visitor) {
        database.scan(column, new byte[0], visitor);
    }

    /** Flushes, closes and seals. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (readOnly || failed) {
            database.close();
            return;
        }
        try {
            database.flush();
        } finally {
            database.close();
        }
        try {
            Seal.of(layout.database()).write(layout.seal());
        } catch (IOException e) {
            throw new StoreException(Reason.IO, layout.seal() + " cannot be written: " + e, e);
        }
    }
}
