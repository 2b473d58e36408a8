package org.hearthnet.ledger.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.ledger.consensus.Promise;
import org.hearthnet.ledger.member.Journal;
import org.hearthnet.ledger.store.StoreException;

/** Promises beside the chain: a synced record each, under (height, number). */
final class RocksJournal implements Journal {
    private final Database database;
    private long height = -1;
    private int next;

    RocksJournal(Database database) {
        this.database = database;
    }

    private static byte[] key(long height, int number) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(height)
                .putInt(number)
                .array();
    }

    private static long heightOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    @Override
    public synchronized void keep(Promise promise) {
        if (promise.height() != height) {
            height = promise.height();
            next = of(height).size();
        }
        try (Database.Batch batch = database.batch()) {
            batch.put(Column.JOURNAL, key(height, next), Promise.CODEC.encode(promise));
            batch.commit();
        }
        next++;
    }

    @Override
    public synchronized List<Promise> of(long wanted) {
        List<Promise> out = new ArrayList<>();
        database.scan(Column.JOURNAL, key(wanted, 0), (key, value) -> {
            boolean same = heightOf(key) == wanted;
            if (same) {
                out.add(decode(wanted, value));
            }
            return same;
        });
        return out;
    }

    private static Promise decode(long height, byte[] value) {
        try {
            return Promise.CODEC.decode(value);
        } catch (CodecException e) {
            throw new StoreException(
                    StoreException.Reason.CORRUPT,
                    "the journal of votes at height " + height + " is damaged: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public synchronized void forgetBelow(long wanted) {
        List<byte[]> old = new ArrayList<>();
        database.scan(Column.JOURNAL, key(0, 0), (key, value) -> {
            boolean below = heightOf(key) < wanted;
            if (below) {
                old.add(key);
            }
            return below;
        });
        if (!old.isEmpty()) {
            try (Database.Batch batch = database.batch()) {
                old.forEach(key -> batch.delete(Column.JOURNAL, key));
                batch.commitUnsynced(); // forgetting too little does no harm
            }
        }
    }
}
