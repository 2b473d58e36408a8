package org.hearthnet.ledger.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.store.PastStates.PathRecord;
import org.hearthnet.ledger.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * All records after one block in order of paths: those that the state has now and those that are gone since, each with the value
 * that it had. Values of unchanged records are read some hundreds at a time.
 */
final class PastWalk implements AutoCloseable {
    private static final int READ_AHEAD = 256;

    /** A record that is still to be given out; without a value if the state has it. */
    private record Found(byte[] path, Bytes key, Optional<Bytes> value) {}

    private final Database.View view;
    private final long height;
    private final Database.Cursor paths;
    private final Database.Cursor past;
    private final Deque<PathRecord> ready = new ArrayDeque<>();

    PastWalk(Database.View view, long height, byte[] from) {
        this.view = view;
        this.height = height;
        this.paths = view.cursor(Column.PATHS);
        this.past = view.cursor(Column.PAST);
        paths.seek(from);
        past.seek(from);
    }

    /** The next record, if there is one. */
    Optional<PathRecord> next() {
        while (ready.isEmpty() && (paths.isValid() || past.isValid())) {
            readAhead();
        }
        return Optional.ofNullable(ready.poll());
    }

    private void readAhead() {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < READ_AHEAD && (paths.isValid() || past.isValid()); i++) {
            one().ifPresent(found::add);
        }
        List<byte[]> unchanged = found.stream()
                .filter(f -> f.value().isEmpty())
                .map(f -> f.key().unsafeArray())
                .toList();
        var values = view.getAll(Column.STATE, unchanged).iterator();
        for (Found each : found) {
            Bytes value = each.value().orElseGet(() -> now(values.next()));
            ready.add(new PathRecord(Hash32.of(each.path()), each.key(), value));
        }
    }

    private static Bytes now(byte @Nullable [] value) {
        if (value == null) {
            throw new StoreException(StoreException.Reason.CORRUPT, "a path leads to a record that the state has not");
        }
        return Bytes.owned(value);
    }

    /** Takes the next path; nothing if it had no record then. */
    private Optional<Found> one() {
        int order = order();
        byte[] path = Arrays.copyOf(order <= 0 ? paths.key() : past.key(), Hash32.BYTES);
        Optional<Found> out = order < 0
                ? Optional.of(new Found(path, Bytes.owned(paths.value()), Optional.empty()))
                : changed(path, order == 0);
        if (order <= 0) {
            paths.next();
        }
        return out;
    }

    /** Which of the cursors is at the smaller path: less than 0 for the state's, 0 for both. */
    private int order() {
        if (!past.isValid()) {
            return -1;
        }
        return paths.isValid() ? Arrays.compareUnsigned(paths.key(), 0, 32, past.key(), 0, 32) : 1;
    }

    /** A path with changes: the first one after the height tells what was there before. */
    private Optional<Found> changed(byte[] path, boolean isThereNow) {
        boolean later = version() > height || past.seek(PastRecord.at(path, height + 1));
        Optional<Found> out = Optional.empty();
        if (later && PastColumns.startsWith(past.key(), path)) {
            PastRecord before = PastRecord.decode(past.value());
            out = before.value().map(value -> new Found(path, before.key(), Optional.of(value)));
        } else if (isThereNow) {
            out = Optional.of(new Found(path, Bytes.owned(paths.value()), Optional.empty()));
        }
        if (past.isValid() && PastColumns.startsWith(past.key(), path)) {
            past.seek(PastRecord.at(path, Long.MAX_VALUE));
        }
        return out;
    }

    private long version() {
        return ByteBuffer.wrap(past.key()).getLong(Hash32.BYTES);
    }

    @Override
    public void close() {
        paths.close();
        past.close();
    }
}
