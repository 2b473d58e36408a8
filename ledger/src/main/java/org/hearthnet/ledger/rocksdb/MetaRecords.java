package org.hearthnet.ledger.rocksdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;

/** What a store says about itself: schema, network and tip. */
final class MetaRecords {
    private static final byte[] SCHEMA = "schema".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NETWORK = "network".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIP = "tip".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] BASE = "base".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CURSOR = "migration".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STAGED = "staged".getBytes(StandardCharsets.US_ASCII);

    private MetaRecords() {}

    /** The schema that the store says it has; nothing if it is new. */
    static Optional<Integer> schema(Database database, Path directory) {
        return database.get(Column.META, SCHEMA).map(b -> {
            if (b.length != Integer.BYTES) {
                throw new StoreException(Reason.CORRUPT, directory + " is no ledger");
            }
            return ByteBuffer.wrap(b).getInt();
        });
    }

    /** Where an interrupted migration goes on. */
    static Optional<byte[]> cursor(Database database) {
        return database.get(Column.META, CURSOR);
    }

    static void putCursor(Database.Batch batch, byte[] next) {
        batch.put(Column.META, CURSOR, next);
    }

    static void finishMigration(Database.Batch batch) {
        batch.delete(Column.META, CURSOR);
        putSchema(batch);
    }

    private static void putSchema(Database.Batch batch) {
        batch.put(
                Column.META,
                SCHEMA,
                ByteBuffer.allocate(Integer.BYTES).putInt(RocksStore.SCHEMA).array());
    }

    /** The first height of which the block is here, apart from genesis. */
    static long base(Database database) {
        return database.get(Column.META, BASE)
                .map(b -> ByteBuffer.wrap(b).getLong())
                .orElse(0L);
    }

    static void putBase(Database.Batch batch, long height) {
        batch.put(
                Column.META,
                BASE,
                ByteBuffer.allocate(Long.BYTES).putLong(height).array());
    }

    /** How far a state that is being fetched has come. */
    static Optional<byte[]> staged(Database database) {
        return database.get(Column.META, STAGED);
    }

    static void putStaged(Database.Batch batch, byte[] progress) {
        batch.put(Column.META, STAGED, progress);
    }

    static void deleteStaged(Database.Batch batch) {
        batch.delete(Column.META, STAGED);
    }

    /**
     * Checks that the store is one of this schema and network and that its tip is whole.
     *
     * @param create whether an empty store is made one of {@code network}
     * @return the height of the tip, -1 for none
     */
    static long check(Database database, Path directory, Hash32 network, boolean create) {
        Optional<Integer> schema = schema(database, directory);
        if (schema.isEmpty() && create) {
            initialize(database, network);
            return -1;
        }
        int version = schema.orElseThrow(() -> new StoreException(Reason.CORRUPT, directory + " is no ledger"));
        if (version == Migration.FROM) {
            throw new StoreException(Reason.OTHER_SCHEMA, Database.notUpgraded(directory));
        }
        if (version != RocksStore.SCHEMA) {
            throw new StoreException(Reason.OTHER_SCHEMA, Database.otherSchema(directory, version));
        }
        Hash32 found = database.get(Column.META, NETWORK)
                .filter(b -> b.length == Hash32.BYTES)
                .map(Hash32::of)
                .orElseThrow(() -> new StoreException(Reason.CORRUPT, directory + " names no network"));
        if (!found.equals(network)) {
            throw new StoreException(
                    Reason.OTHER_NETWORK, directory + " is the ledger of network " + found + ", not of " + network);
        }
        return tip(database, directory);
    }

    private static void initialize(Database database, Hash32 network) {
        try (Database.Batch batch = database.batch()) {
            putSchema(batch);
            batch.put(Column.META, NETWORK, network.toArray());
            batch.commit();
        }
    }

    static void putTip(Database.Batch batch, Block block) {
        byte[] tip = new byte[Long.BYTES + Hash32.BYTES];
        ByteBuffer.wrap(tip).putLong(block.height());
        block.hash().write(tip, Long.BYTES);
        batch.put(Column.META, TIP, tip);
    }

    /** The height of the last block; -1 for none. */
    static long height(Database.View view) {
        List<byte[]> found = view.getAll(Column.META, List.of(TIP));
        return found.getFirst() == null ? -1 : ByteBuffer.wrap(found.getFirst()).getLong();
    }

    private static long tip(Database database, Path directory) {
        Optional<byte[]> tip = database.get(Column.META, TIP);
        if (tip.isEmpty()) {
            return -1;
        }
        if (tip.get().length != Long.BYTES + Hash32.BYTES) {
            throw new StoreException(Reason.CORRUPT, directory + ": the tip is damaged");
        }
        long height = ByteBuffer.wrap(tip.get()).getLong();
        Hash32 hash = Hash32.at(tip.get(), Long.BYTES);
        byte[] at = ByteBuffer.allocate(Long.BYTES).putLong(height).array();
        boolean whole = database.get(Column.HEADERS, at)
                        .map(SealedHeader.KIND.codec()::decode)
                        .filter(h -> h.header().hash().equals(hash))
                        .isPresent()
                && database.get(Column.BLOCKS, at).isPresent();
        if (!whole) {
            throw new StoreException(Reason.CORRUPT, directory + ": block " + height + ", the tip, is not whole");
        }
        return height;
    }
}
