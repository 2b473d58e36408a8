package org.hearthnet.ledger.rocksdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.hearthnet.ledger.store.StoreException;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** An open RocksDB with its column families; turns every exception into a {@link StoreException}. */
final class Database implements AutoCloseable {
    private final Path directory;
    private final Settings settings;
    private final RocksDB db;
    private final Map<Column, ColumnFamilyHandle> handles = new EnumMap<>(Column.class);

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
            RocksDB db = readOnly
                    ? RocksDB.openReadOnly(settings.options(), path, settings.columns(), opened)
                    : RocksDB.open(settings.options(), path, settings.columns(), opened);
            return new Database(directory, settings, db, opened);
        } catch (RocksDBException e) {
            settings.close();
            throw RocksErrors.explain(directory, e);
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
        try {
            return Optional.ofNullable(db.get(handle(column), key));
        } catch (RocksDBException e) {
            throw RocksErrors.explain(directory, e);
        }
    }

    /** Visits records in order of keys from {@code from} on, until the visitor says false. */
    void scan(Column column, byte[] from, BiPredicate<byte[], byte[]> visitor) {
        try (ReadOptions options = new ReadOptions().setVerifyChecksums(true);
                RocksIterator it = db.newIterator(handle(column), options)) {
            it.seek(from);
            while (it.isValid() && visitor.test(it.key(), it.value())) {
                it.next();
            }
            it.status();
        } catch (RocksDBException e) {
            throw RocksErrors.explain(directory, e);
        }
    }

    /** Changes to be written together. */
    final class Batch implements AutoCloseable {
        private final WriteBatch batch = new WriteBatch();

        void put(Column column, byte[] key, byte[] value) {
            try {
                batch.put(handle(column), key, value);
            } catch (RocksDBException e) {
                throw RocksErrors.explain(directory, e);
            }
        }

        void delete(Column column, byte[] key) {
            try {
                batch.delete(handle(column), key);
            } catch (RocksDBException e) {
                throw RocksErrors.explain(directory, e);
            }
        }

        /** Writes everything or nothing, and waits until the disk has it. */
        void commit() {
            try (WriteOptions options = new WriteOptions().setSync(true)) {
                db.write(options, batch);
            } catch (RocksDBException e) {
                throw RocksErrors.explain(directory, e);
            }
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    Batch batch() {
        return new Batch();
    }

    /** Reads all blocks of all tables and checks their checksums. */
    void verifyChecksums() {
        try {
            db.verifyChecksum();
        } catch (RocksDBException e) {
            throw RocksErrors.explain(directory, e);
        }
    }

    /** Moves everything out of the write-ahead log into tables. */
    void flush() {
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            db.flush(options, List.copyOf(handles.values()));
        } catch (RocksDBException e) {
            throw RocksErrors.explain(directory, e);
        }
    }

    @Override
    public void close() {
        handles.values().forEach(ColumnFamilyHandle::close);
        try {
            db.closeE();
        } catch (RocksDBException e) {
            throw RocksErrors.explain(directory, e);
        } finally {
            settings.close();
        }
    }
}
