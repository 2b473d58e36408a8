package org.hearthnet.ledger.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.store.PastStates;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.tree.PathRange;
import org.hearthnet.ledger.tree.Retention;

/**
 * What records were before they changed. The value of a record after block h is what the first change after h replaced, or, if
 * there is none, what the state has now.
 */
final class PastColumns implements PastStates {
    /** Lists worked off with one block, as with {@link TreeColumns}. */
    private static final int LISTS = 4;

    private final Database database;
    private final Retention retention;
    private long searched;

    PastColumns(Database database, Retention retention) {
        this.database = database;
        this.retention = retention;
    }

    /** Adds to a block's batch what its changes replace, and deletes what is older than the retention. */
    void fill(Database.Batch batch, long version, StateDelta delta) {
        List<Bytes> keys = List.copyOf(delta.changes().keySet());
        List<byte[]> before = database.getAll(
                Column.STATE, keys.stream().map(Bytes::unsafeArray).toList());
        List<Optional<Bytes>> after = List.copyOf(delta.changes().values());
        long last = retention.prunable(version);
        ByteBuffer changed = ByteBuffer.allocate(Hash32.BYTES * keys.size());
        for (int i = 0; i < keys.size(); i++) {
            Bytes key = keys.get(i);
            byte[] path = PathRange.pathOf(key).toArray();
            changed.put(path);
            index(batch, path, key, before.get(i) != null, after.get(i).isPresent());
            if (last < version) {
                batch.put(
                        Column.PAST,
                        PastRecord.at(path, version),
                        PastRecord.encode(key, Optional.ofNullable(before.get(i))));
            }
        }
        if (last < version) {
            batch.put(Column.CHANGED, number(version), changed.array());
        }
        prune(batch, last);
    }

    private static void index(Database.Batch batch, byte[] path, Bytes key, boolean before, boolean after) {
        if (after && !before) {
            batch.put(Column.PATHS, path, key.unsafeArray());
        } else if (before && !after) {
            batch.delete(Column.PATHS, path);
        }
    }

    private void prune(Database.Batch batch, long last) {
        int[] lists = new int[1];
        if (last < 0) {
            return;
        }
        database.scan(Column.CHANGED, number(searched), (at, list) -> {
            long version = ByteBuffer.wrap(at).getLong();
            if (version > last || lists[0]++ == LISTS) {
                return false;
            }
            for (int i = 0; i + Hash32.BYTES <= list.length; i += Hash32.BYTES) {
                batch.delete(Column.PAST, PastRecord.at(Arrays.copyOfRange(list, i, i + Hash32.BYTES), version));
            }
            batch.delete(Column.CHANGED, at);
            searched = version + 1;
            return true;
        });
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    @Override
    public long oldest() {
        return database.atOneMoment(this::oldest);
    }

    private long oldest(Database.View view) {
        try (Database.Cursor changed = view.cursor(Column.CHANGED)) {
            return changed.seek(new byte[0])
                    ? Math.max(0, ByteBuffer.wrap(changed.key()).getLong() - 1)
                    : MetaRecords.height(view);
        }
    }

    private void require(Database.View view, long at) {
        long oldest = oldest(view);
        long newest = MetaRecords.height(view);
        if (at < oldest || at > newest) {
            throw new StoreException(
                    StoreException.Reason.GONE,
                    "the state after block " + at + " is not kept; those of blocks " + oldest + " to " + newest
                            + " are");
        }
    }

    @Override
    public Optional<Bytes> value(Bytes key, long at) {
        return database.atOneMoment(view -> {
            require(view, at);
            byte[] path = PathRange.pathOf(key).toArray();
            try (Database.Cursor past = view.cursor(Column.PAST)) {
                if (past.seek(PastRecord.at(path, at + 1)) && startsWith(past.key(), path)) {
                    return PastRecord.decode(past.value()).value();
                }
            }
            return Optional.ofNullable(view.getAll(Column.STATE, List.of(key.unsafeArray()))
                            .getFirst())
                    .map(Bytes::owned);
        });
    }

    static boolean startsWith(byte[] key, byte[] path) {
        return Arrays.equals(key, 0, path.length, path, 0, path.length);
    }

    @Override
    public List<PathRecord> records(long at, Hash32 from, int targetBytes) {
        return database.atOneMoment(view -> {
            require(view, at);
            List<PathRecord> out = new ArrayList<>();
            try (PastWalk walk = new PastWalk(view, at, from.toArray())) {
                long bytes = 0;
                while ((bytes <= targetBytes || out.size() < 2) && out.size() < MAX_RECORDS) {
                    Optional<PathRecord> next = walk.next();
                    if (next.isEmpty()) {
                        break;
                    }
                    out.add(next.get());
                    bytes += next.get().key().length() + next.get().value().length();
                }
            }
            return out;
        });
    }
}
