package org.hearthnet.ledger.rocksdb;

import java.nio.ByteBuffer;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.tree.NodeCache;
import org.hearthnet.ledger.tree.NodeReader;
import org.hearthnet.ledger.tree.Retention;
import org.hearthnet.ledger.tree.StaleList;
import org.hearthnet.ledger.tree.TreeUpdate;

/** The tree's nodes and the lists of those that became stale. */
final class TreeColumns {
    /** Of upper nodes in memory, bytes. */
    private static final long CACHE_BYTES = 64 << 20;

    /** Lists worked off with one block. */
    private static final int LISTS = 4;

    private final Database database;
    private final Retention retention;
    private final NodeCache cache;
    /** Where the next search for a list begins: before it lie deleted ones, which cost time to pass over. */
    private long searched;

    TreeColumns(Database database, Retention retention) {
        this.database = database;
        this.retention = retention;
        this.cache =
                new NodeCache(key -> database.get(Column.TREE, key.encode()).map(Bytes::owned), CACHE_BYTES);
    }

    NodeReader nodes() {
        return cache;
    }

    /** Adds an update to a block's batch, and deletes what is older than the retention. */
    void fill(Database.Batch batch, TreeUpdate update) {
        update.nodes().forEach((key, node) -> batch.put(Column.TREE, key.encode(), node.unsafeArray()));
        long last = retention.prunable(update.version());
        if (last == update.version()) {
            update.stale().forEach(key -> batch.delete(Column.TREE, key.encode()));
        } else {
            batch.put(
                    Column.STALE,
                    number(update.version()),
                    StaleList.encode(update.stale()).unsafeArray());
        }
        prune(batch, last);
    }

    /** Usually one list; more after the retention was made shorter, so a few a block. */
    private void prune(Database.Batch batch, long last) {
        int[] lists = new int[1];
        if (last < 0) {
            return;
        }
        database.scan(Column.STALE, number(searched), (at, list) -> {
            long version = ByteBuffer.wrap(at).getLong();
            if (version > last || lists[0]++ == LISTS) {
                return false;
            }
            StaleList.decode(Bytes.owned(list)).forEach(key -> batch.delete(Column.TREE, key.encode()));
            batch.delete(Column.STALE, at);
            searched = version + 1;
            return true;
        });
    }

    /** To be called when the batch is on disk. */
    void stored(TreeUpdate update) {
        cache.stored(update);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
