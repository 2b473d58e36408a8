package org.hearthnet.ledger.rocksdb;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.tree.PathRange;

/**
 * Brings a store of an earlier schema up to this one, step by step and in batches that note how far they came, so that it goes
 * on where it was interrupted. Reads work on nothing that is half done: the schema changes with the last batch.
 *
 * <p>From 2 to 3: the index of keys by path is made out of the state. Values of the past begin with the next block.
 */
final class Migration {
    /** Is told after each batch how many there were; a test throws. */
    private static final IntConsumer NO_INTERRUPTION = batches -> {};

    /** The schema before this one. */
    static final int FROM = 2;

    private static final int RECORDS = 4096;

    private Migration() {}

    /** Does what is left to do; nothing in a store of this schema, or in one that is no ledger or of another schema. */
    static void run(Database database, Path directory) {
        run(database, directory, RECORDS, NO_INTERRUPTION);
    }

    static void run(Database database, Path directory, int batchRecords, IntConsumer interruption) {
        int schema = MetaRecords.schema(database, directory).orElse(RocksStore.SCHEMA);
        if (schema == FROM) {
            index(database, batchRecords, interruption);
        }
    }

    private static void index(Database database, int batchRecords, IntConsumer interruption) {
        byte[] from = MetaRecords.cursor(database).orElse(new byte[0]);
        for (int batches = 1; ; batches++) {
            byte[] last = indexSome(database, from, batchRecords);
            if (last.length == 0) {
                return;
            }
            interruption.accept(batches);
            from = Arrays.copyOf(last, last.length + 1); // the smallest key after it
        }
    }

    /** Indexes some records; gives the key of the last one, or nothing after the end, when the schema is the new one. */
    private static byte[] indexSome(Database database, byte[] from, int batchRecords) {
        try (Database.Batch batch = database.batch()) {
            byte[][] last = {new byte[0]};
            int[] count = new int[1];
            database.scan(Column.STATE, from, (key, value) -> {
                batch.put(Column.PATHS, PathRange.pathOf(Bytes.of(key)).toArray(), key);
                last[0] = key;
                return ++count[0] < batchRecords;
            });
            if (count[0] == 0) {
                MetaRecords.finishMigration(batch);
            } else {
                MetaRecords.putCursor(batch, Arrays.copyOf(last[0], last[0].length + 1));
            }
            batch.commit();
            return last[0];
        }
    }
}
