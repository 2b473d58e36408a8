package org.hearthnet.ledger.rocksdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ChecksumType;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/** RocksDB's options: small in memory, strict about checksums. Owns the native objects. */
final class Settings implements AutoCloseable {
    private static final long CACHE_BYTES = 32 << 20;
    /** Of one column: small ones make many small tables, which every read has to look through. */
    private static final long WRITE_BUFFER_BYTES = 16 << 20;
    /** Of all columns together. */
    private static final long WRITE_BUFFERS_BYTES = 64 << 20;

    private static final long WAL_BYTES = 64 << 20;
    /** Bits a key in a table's filter: one lookup in a hundred then looks into a table in vain. */
    private static final double FILTER_BITS = 10;

    private static final long LOG_BYTES = 1 << 20;
    private static final long MANIFEST_BYTES = 4 << 20;
    private static final int OPEN_FILES = 256;
    /** From 6 on the footers of table files have checksums too. */
    private static final int TABLE_FORMAT = 6;

    static {
        RocksDB.loadLibrary(); // the options below are native objects already
    }

    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final BloomFilter filter = new BloomFilter(FILTER_BITS);
    private final ColumnFamilyOptions columnOptions;
    private final DBOptions options;

    private Settings(WALRecoveryMode recovery) {
        columnOptions = new ColumnFamilyOptions()
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(2)
                .setCompressionType(CompressionType.NO_COMPRESSION) // hashes and signatures do not compress
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(filter)
                        .setFormatVersion(TABLE_FORMAT)
                        .setChecksumType(ChecksumType.kCRC32c));
        options = new DBOptions()
                .setMaxBackgroundJobs(2)
                .setDbWriteBufferSize(WRITE_BUFFERS_BYTES)
                .setMaxOpenFiles(OPEN_FILES)
                .setMaxTotalWalSize(WAL_BYTES)
                .setMaxManifestFileSize(MANIFEST_BYTES)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2)
                .setMaxLogFileSize(LOG_BYTES)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setParanoidChecks(true)
                .setWalRecoveryMode(recovery);
    }

    /** For a node. Every write is synced, so only a last, torn record can be missing after a crash. */
    static Settings forWriting() {
        Settings settings = new Settings(WALRecoveryMode.TolerateCorruptedTailRecords);
        settings.options.setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        return settings;
    }

    /** For an audit: nothing is tolerated, and RocksDB's own log goes to {@code logs}. */
    static Settings forReading(Path logs) {
        Settings settings = new Settings(WALRecoveryMode.AbsoluteConsistency);
        settings.options.setDbLogDir(logs.toString());
        return settings;
    }

    ColumnFamilyOptions columnOptions() {
        return columnOptions;
    }

    DBOptions options() {
        return options;
    }

    List<ColumnFamilyDescriptor> columns() {
        List<ColumnFamilyDescriptor> out = new ArrayList<>();
        Arrays.stream(Column.values()).forEach(c -> out.add(new ColumnFamilyDescriptor(c.familyName(), columnOptions)));
        return out;
    }

    @Override
    public void close() {
        List.<AbstractNativeReference>of(options, columnOptions, cache, filter).forEach(AbstractNativeReference::close);
    }
}
