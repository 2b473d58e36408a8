package org.hearthnet.ledger.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.ledger.consensus.Promise;
import org.hearthnet.ledger.member.Journal;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;

/**
 * A journal in one file. A promise is appended and forced before {@link #keep} returns, so a crash can tear only the last
 * record: its promise was never told to anybody, and it is cut off. A record that is wrong with whole ones after it is
 * damage, and the journal does not open: what a member has forgotten it might contradict.
 *
 * <p>The file is written anew once most of it is about decided heights: complete under another name, forced, then renamed,
 * and the name forced before anything else is kept. So there always is a whole file, and it is the latest.
 */
public final class FileJournal implements Journal {
    private static final String FILE = "promises";
    private static final String NEXT = "promises.next";

    /** Size in bytes under which the file is not written anew. */
    public static final int SMALL = 1 << 20;

    private record Kept(Promise promise, int bytes) {}

    private final Disk disk;
    private final LongSupplier salts;
    private final int small;
    private final TreeMap<Long, List<Kept>> promises = new TreeMap<>();
    private long salt;
    private long length;
    private boolean failed;

    private FileJournal(Disk disk, LongSupplier salts, int small) {
        this.disk = disk;
        this.salts = salts;
        this.small = small;
    }

    /**
     * Opens the journal of a directory, or begins one.
     *
     * @param salts random numbers that nobody can foretell
     * @throws StoreException if the disk fails or the file is damaged
     */
    public static FileJournal open(Disk disk, LongSupplier salts) {
        return open(disk, salts, SMALL);
    }

    /** The same with another size under which the file is not written anew. */
    public static FileJournal open(Disk disk, LongSupplier salts, int small) {
        FileJournal journal = new FileJournal(disk, salts, small);
        try {
            Optional<byte[]> file = disk.read(FILE);
            if (file.isPresent()) {
                journal.load(file.get());
            } else {
                journal.rewrite();
            }
        } catch (IOException e) {
            throw explain(e);
        }
        return journal;
    }

    private void load(byte[] file) throws IOException {
        if (!Records.hasHead(file)) {
            throw corrupt("has no head"); // it was whole when it got its name
        }
        salt = Records.salt(file);
        int at = Records.HEAD;
        for (OptionalInt next = Records.lengthAt(file, at); next.isPresent(); next = Records.lengthAt(file, at)) {
            int bytes = next.getAsInt();
            remember(decode(file, at + Records.PREFIX, bytes), Records.PREFIX + bytes);
            at += Records.PREFIX + bytes;
        }
        if (Records.anyAfter(file, at)) {
            throw corrupt("is damaged at offset " + at);
        }
        length = at;
        if (at < file.length) {
            disk.truncate(FILE, at);
        }
        // Also what is whole may never have been forced: it is acted upon from here on.
        disk.force(FILE);
        disk.forceNames();
    }

    private static Promise decode(byte[] file, int from, int bytes) {
        try {
            return Promise.CODEC.decode(java.util.Arrays.copyOfRange(file, from, from + bytes));
        } catch (CodecException e) {
            throw new StoreException(
                    Reason.OTHER_SCHEMA, "the journal has a promise of another version: " + e.getMessage(), e);
        }
    }

    private void remember(Promise promise, int bytes) {
        promises.computeIfAbsent(promise.height(), h -> new ArrayList<>()).add(new Kept(promise, bytes));
    }

    @Override
    public synchronized void keep(Promise promise) {
        byte[] record = Records.record(salt, length, Promise.CODEC.encode(promise));
        perform(() -> {
            disk.append(FILE, record);
            disk.force(FILE);
        });
        length += record.length;
        remember(promise, record.length);
    }

    @Override
    public synchronized List<Promise> of(long height) {
        return promises.getOrDefault(height, List.of()).stream()
                .map(Kept::promise)
                .toList();
    }

    @Override
    public synchronized void forgetBelow(long height) {
        promises.headMap(height).clear();
        long live = promises.values().stream()
                .flatMap(List::stream)
                .mapToLong(Kept::bytes)
                .sum();
        if (length > small && live < length / 2) {
            perform(this::rewrite);
        }
    }

    private void rewrite() throws IOException {
        long fresh = salts.getAsLong();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Records.head(fresh));
        for (List<Kept> height : promises.values()) {
            for (Kept kept : height) {
                out.writeBytes(Records.record(fresh, out.size(), Promise.CODEC.encode(kept.promise())));
            }
        }
        disk.truncate(NEXT, 0); // what a crash may have left
        disk.append(NEXT, out.toByteArray());
        disk.force(NEXT);
        disk.replace(NEXT, FILE);
        disk.forceNames();
        salt = fresh;
        length = out.size();
    }

    /** Size of the file in bytes. */
    public synchronized long bytes() {
        return length;
    }

    private interface Work {
        void run() throws IOException;
    }

    /** After an error nobody knows what is on disk, and a second force may lie: the journal stays closed until restart. */
    private void perform(Work work) {
        if (failed) {
            throw new StoreException(Reason.CLOSED, "the journal has failed before");
        }
        failed = true;
        try {
            work.run();
        } catch (IOException e) {
            throw explain(e);
        }
        failed = false;
    }

    private static StoreException explain(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        Reason reason = Reason.IO;
        if (message.contains("no space left") || message.contains("quota")) {
            reason = Reason.DISK_FULL;
        } else if (e instanceof java.nio.file.AccessDeniedException || message.contains("read-only")) {
            reason = Reason.READ_ONLY;
        }
        return new StoreException(reason, "the journal cannot be written or read: " + e, e);
    }

    private static StoreException corrupt(String what) {
        return new StoreException(Reason.CORRUPT, "the journal " + what);
    }
}
