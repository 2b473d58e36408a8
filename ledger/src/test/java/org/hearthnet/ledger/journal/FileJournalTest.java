package org.hearthnet.ledger.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.consensus.Promise;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal in real files; the simulator has it on a disk that loses power. */
class FileJournalTest {
    private static final String FILE = "promises";
    private static final LongSupplier SALTS = new SplittableRandom(7)::nextLong;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    private static Promise promise(long height, int view) {
        return new Promise.Cast(Ballot.notarize(height, view, new Hash32(height, view, 1, 2)));
    }

    private FileJournal open() throws IOException {
        return FileJournal.open(new DirectoryDisk(directory), SALTS);
    }

    private FileJournal openSmall() throws IOException {
        return FileJournal.open(new DirectoryDisk(directory), SALTS, 200);
    }

    private byte[] bytes() throws IOException {
        return Files.readAllBytes(directory.resolve(FILE));
    }

    @Test
    void promisesAreThereAfterTheNextStart() throws IOException {
        FileJournal journal = open();
        List<Promise> kept = new ArrayList<>();
        for (int view = 0; view < 20; view++) {
            kept.add(promise(5, view));
            journal.keep(promise(5, view));
            journal.keep(promise(6, view));
        }
        assertEquals(kept, journal.of(5));
        assertEquals(kept, open().of(5));
        assertEquals(20, open().of(6).size());
        assertEquals(List.of(), open().of(7));
    }

    @Test
    void aTornEndIsCutOffWhereverItIsTorn() throws IOException {
        FileJournal journal = open();
        journal.keep(promise(5, 0));
        int whole = bytes().length;
        journal.keep(promise(5, 1));
        byte[] all = bytes();
        for (int length = whole; length < all.length; length++) {
            for (boolean zeros : new boolean[] {false, true}) {
                byte[] torn =
                        zeros ? Arrays.copyOf(Arrays.copyOf(all, length), all.length) : Arrays.copyOf(all, length);
                Files.write(directory.resolve(FILE), torn);
                FileJournal again = open();
                assertEquals(List.of(promise(5, 0)), again.of(5), "torn at " + length);
                again.keep(promise(5, 2));
                assertEquals(List.of(promise(5, 0), promise(5, 2)), open().of(5), "written on after " + length);
            }
        }
    }

    @Test
    void damageBeforeTheEndIsNotTakenForATear() throws IOException {
        FileJournal journal = open();
        journal.keep(promise(5, 0));
        int first = bytes().length;
        journal.keep(promise(5, 1));
        byte[] all = bytes();
        for (int i = 0; i < first; i++) {
            byte[] damaged = all.clone();
            damaged[i] ^= 0x10;
            Files.write(directory.resolve(FILE), damaged);
            StoreException e = assertThrows(StoreException.class, this::open, "offset " + i);
            assertEquals(Reason.CORRUPT, e.reason());
        }
    }

    @Test
    void bytesInsideAPayloadAreNoRecord() throws IOException {
        byte[] record = Records.record(1, 1000, new byte[] {1, 2, 3});
        byte[] file = Arrays.copyOf(Records.head(2), 1000 + record.length);
        System.arraycopy(record, 0, file, 1000, record.length);
        assertTrue(Records.lengthAt(file, 1000).isEmpty(), "another salt");
        byte[] moved = Arrays.copyOf(Records.head(1), 1001 + record.length);
        System.arraycopy(record, 0, moved, 1001, record.length);
        assertTrue(Records.lengthAt(moved, 1001).isEmpty(), "another place");
    }

    @Test
    void theFileStaysSmallAndKeepsWhatIsNeeded() throws IOException {
        FileJournal journal = openSmall();
        long most = 0;
        for (long height = 1; height <= 100; height++) {
            journal.keep(promise(height, 0));
            journal.keep(promise(height + 1, 0));
            journal.forgetBelow(height + 1);
            most = Math.max(most, bytes().length);
            assertEquals(bytes().length, journal.bytes());
        }
        assertTrue(most < 600, "grew to " + most);
        assertEquals(List.of(promise(101, 0)), openSmall().of(101));
        assertEquals(List.of(), journal.of(100));
    }

    @Test
    void aHalfWrittenNewFileDoesNoHarm() throws IOException {
        FileJournal journal = open();
        journal.keep(promise(5, 0));
        Files.write(directory.resolve("promises.next"), new byte[] {1, 2, 3});
        FileJournal again = FileJournal.open(new DirectoryDisk(directory), SALTS, 10);
        assertEquals(List.of(promise(5, 0)), again.of(5));
        again.keep(promise(6, 0));
        again.keep(promise(7, 0));
        again.forgetBelow(7);
        assertEquals(List.of(promise(7, 0)), open().of(7));
    }

    /** A disk whose writes fail when told so. */
    private static final class Failing implements Disk {
        private final Disk disk;
        private String error = "";

        Failing(Disk disk) {
            this.disk = disk;
        }

        @Override
        public java.util.Optional<byte[]> read(String name) throws IOException {
            return disk.read(name);
        }

        @Override
        public void append(String name, byte[] bytes) throws IOException {
            disk.append(name, bytes);
        }

        @Override
        public void truncate(String name, long length) throws IOException {
            disk.truncate(name, length);
        }

        @Override
        public void force(String name) throws IOException {
            if (!error.isEmpty()) {
                throw new IOException(error);
            }
            disk.force(name);
        }

        @Override
        public void replace(String from, String to) throws IOException {
            disk.replace(from, to);
        }

        @Override
        public void forceNames() throws IOException {
            disk.forceNames();
        }
    }

    @Test
    void afterAnErrorNothingIsPromisedAnyMore() throws IOException {
        Failing disk = new Failing(new DirectoryDisk(directory));
        FileJournal journal = FileJournal.open(disk, SALTS);
        disk.error = "No space left on device";
        StoreException full = assertThrows(StoreException.class, () -> journal.keep(promise(5, 0)));
        assertEquals(Reason.DISK_FULL, full.reason());
        disk.error = "";
        StoreException closed = assertThrows(StoreException.class, () -> journal.keep(promise(5, 1)));
        assertEquals(Reason.CLOSED, closed.reason());
    }
}
