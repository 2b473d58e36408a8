package org.hearthnet.ledger.rocksdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiPredicate;
import org.hearthnet.ledger.store.StoreException;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * An open RocksDB with its column families; turns every exception into a {@link StoreException}.
 *
 * <p>RocksDB's handles are bare pointers: a call on a closed one ends the whole process. So every call holds the read
 * half of a lock whose write half closes, and a call that comes too late gets {@link StoreException.Reason#CLOSED}.
 */
final class Database implements AutoCloseable {
    private final Path directory;
    private final Settings settings;
    private final RocksDB db;
    private final Map<Column, ColumnFamilyHandle> handles = new EnumMap<>(Column.class);
    private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
    private boolean closed;

    private Database(Path directory, Settings settings, RocksDB db, List<ColumnFamilyHandle> opened) {
        this.directory = directory;
        this.settings = settings;
        this.db = db;
        for (Column column : Column.values()) {
            handles.put(column, opened.get(column.ordinal()));
        }
    }

    static Database open(Path directory, Settings settings, boolean readOnly) {
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        try {
            String path = directory.toString();
            checkColumns(directory, settings, readOnly);
            RocksDB db = readOnly
                    ? RocksDB.openReadOnly(settings.options(), path, settings.columns(), opened)
                    : RocksDB.open(settings.options(), path, settings.columns(), opened);
            return new Database(directory, settings, db, opened);
        } catch (RocksDBException e) {
            settings.close();
            throw RocksErrors.explain(directory, e);
        } catch (StoreException e) {
            settings.close();
            throw e;
        }
    }

    /**
     * Opening for writing adds missing columns before anybody could see the schema, and opening for reading fails without them,
     * so this looks first.
     */
    private static void checkColumns(Path directory, Settings settings, boolean readOnly) throws RocksDBException {
        if (!Files.exists(directory.resolve("CURRENT"))) {
            return;
        }
        try (Options options = new Options(settings.options(), settings.columnOptions())) {
            List<byte[]> found = RocksDB.listColumnFamilies(options, directory.toString());
            if (found.size() == Column.TREE.ordinal()) {
                throw new StoreException(StoreException.Reason.OTHER_SCHEMA, otherSchema(directory, 1));
            }
            if (found.size() == Column.PATHS.ordinal() && readOnly) {
                throw new StoreException(StoreException.Reason.OTHER_SCHEMA, notUpgraded(directory));
            }
        }
    }

    static String otherSchema(Path directory, int version) {
        return directory + " was written in schema " + version + ", this program knows " + RocksStore.SCHEMA
                + ": move that directory away, and the node will fetch all blocks again from its peers";
    }

    static String notUpgraded(Path directory) {
        return directory + " was written by an earlier version: start its node once, which brings it up to schema "
                + RocksStore.SCHEMA;
    }

    /** Work on the open database. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws RocksDBException;
    }

    private <T> T whileOpen(Work<T> work) {
        closing.readLock().lock();
        try {
            if (closed) {
                throw new StoreException(StoreException.Reason.CLOSED, "the ledger in " + directory + " is closed");
            }
            return work.run();
        } catch (RocksDBException e) {
            throw RocksErrors.explain(directory, e);
        } finally {
            closing.readLock().unlock();
        }
    }

    private ColumnFamilyHandle handle(Column column) {
        ColumnFamilyHandle handle = handles.get(column);
        if (handle == null) {
            throw new IllegalStateException("every column is opened");
        }
        return handle;
    }

    Optional<byte[]> get(Column column, byte[] key) {
        return whileOpen(() -> Optional.ofNullable(db.get(handle(column), key)));
    }

    /** The values of many keys, in order; null where there is none. Much faster than one by one. */
    List<byte[]> getAll(Column column, List<byte[]> keys) {
        if (keys.isEmpty()) {
            return List.of(); // RocksDB asserts that there is one
        }
        return whileOpen(() -> db.multiGetAsList(java.util.Collections.nCopies(keys.size(), handle(column)), keys));
    }

    /** Visits records in order of keys from {@code from} on, until the visitor says false. */
    void scan(Column column, byte[] from, BiPredicate<byte[], byte[]> visitor) {
        whileOpen(() -> {
            try (ReadOptions options = new ReadOptions().setVerifyChecksums(true);
                    RocksIterator it = db.newIterator(handle(column), options)) {
                it.seek(from);
                while (it.isValid() && visitor.test(it.key(), it.value())) {
                    it.next();
                }
                it.status();
            }
            return true;
        });
    }

    /** The database at one moment. Not to be kept after the work that it was made for. */
    final class View {
        private final ReadOptions options;

        private View(ReadOptions options) {
            this.options = options;
        }

        /** The values of many keys, in order; null where there is none. */
        List<byte[]> getAll(Column column, List<byte[]> keys) {
            if (keys.isEmpty()) {
                return List.of();
            }
            return whileOpen(
                    () -> db.multiGetAsList(options, java.util.Collections.nCopies(keys.size(), handle(column)), keys));
        }

        /** A cursor before the first record; to be closed. */
        Cursor cursor(Column column) {
            return new Cursor(db.newIterator(handle(column), options));
        }
    }

    /** Walks over the records of a column in order of keys. */
    final class Cursor implements AutoCloseable {
        private final RocksIterator it;

        private Cursor(RocksIterator it) {
            this.it = it;
        }

        /** Goes to the first record whose key is not before {@code key}; says whether there is one. */
        boolean seek(byte[] key) {
            it.seek(key);
            return isValid();
        }

        boolean next() {
            it.next();
            return isValid();
        }

        /** Whether it stands on a record. */
        boolean isValid() {
            if (it.isValid()) {
                return true;
            }
            change(it::status);
            return false;
        }

        byte[] key() {
            return it.key();
        }

        byte[] value() {
            return it.value();
        }

        @Override
        public void close() {
            it.close();
        }
    }

    /** Reads several things as they are at one moment; the work must be short, for closing waits for it. */
    <T> T atOneMoment(java.util.function.Function<View, T> work) {
        return whileOpen(() -> {
            org.rocksdb.Snapshot snapshot = db.getSnapshot();
            try (ReadOptions options =
                    new ReadOptions().setVerifyChecksums(true).setSnapshot(snapshot)) {
                return work.apply(new View(options));
            } finally {
                db.releaseSnapshot(snapshot);
            }
        });
    }

    /** Changes to be written together. */
    final class Batch implements AutoCloseable {
        private final WriteBatch batch = new WriteBatch();

        void put(Column column, byte[] key, byte[] value) {
            change(() -> batch.put(handle(column), key, value));
        }

        void delete(Column column, byte[] key) {
            change(() -> batch.delete(handle(column), key));
        }

        /** Deletes everything in a column. */
        void clear(Column column) {
            byte[] last = new byte[64];
            java.util.Arrays.fill(last, (byte) 0xFF);
            change(() -> batch.deleteRange(handle(column), new byte[0], last));
        }

        /** Writes everything or nothing, and waits until the disk has it. */
        void commit() {
            change(() -> {
                try (WriteOptions options = new WriteOptions().setSync(true)) {
                    db.write(options, batch);
                }
            });
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    Batch batch() {
        return new Batch();
    }

    /** A change to the open database. */
    @FunctionalInterface
    private interface Change {
        void run() throws RocksDBException;
    }

    private void change(Change change) {
        whileOpen(() -> {
            change.run();
            return true;
        });
    }

    /** Reads all blocks of all tables and checks their checksums. */
    void verifyChecksums() {
        change(db::verifyChecksum);
    }

    /** Moves everything out of the write-ahead log into tables. */
    void flush() {
        change(() -> {
            try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
                db.flush(options, List.copyOf(handles.values()));
            }
        });
    }

    /**
     * Makes a consistent copy out of hard links where it can; {@code target} must not exist yet. No other call is under way
     * meanwhile, so that the copied log ends with a whole record.
     */
    void checkpoint(Path target) {
        closing.writeLock().lock();
        try {
            change(() -> {
                try (Checkpoint checkpoint = Checkpoint.create(db)) {
                    checkpoint.createCheckpoint(target.toString());
                }
            });
        } finally {
            closing.writeLock().unlock();
        }
    }

    /** Rewrites the tables of all columns without what was deleted or replaced. */
    void compact() {
        change(() -> {
            for (ColumnFamilyHandle handle : handles.values()) {
                db.compactRange(handle);
            }
        });
    }

    /** Waits for the calls under way, then closes; does nothing the second time. */
    @Override
    public void close() {
        closing.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            handles.values().forEach(ColumnFamilyHandle::close);
            db.closeE();
        } catch (RocksDBException e) {
            throw RocksErrors.explain(directory, e);
        } finally {
            closing.writeLock().unlock();
            settings.close();
        }
    }
}
