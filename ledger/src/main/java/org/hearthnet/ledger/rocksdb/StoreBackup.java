package org.hearthnet.ledger.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.store.Seal;
import org.hearthnet.ledger.store.StoreCopy;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;
import org.hearthnet.ledger.store.StoreLayout;

/**
 * Backups: a directory with the store and its seal, laid out like a node's, so that an audit can read it. A backup shares no
 * bytes with what it was made from: the hard links of a RocksDB checkpoint are copied.
 */
public final class StoreBackup {
    private StoreBackup() {}

    /**
     * Backs up a checkpoint, see {@link RocksStore#checkpoint}.
     *
     * @param checkpoint directory that the checkpoint was made in
     * @param target directory without a store
     * @return bytes copied
     * @throws StoreException see {@link StoreCopy#run}
     */
    public static long ofCheckpoint(Path checkpoint, Path target, StoreCopy.Progress progress) {
        Path database = new StoreLayout(checkpoint).database();
        try {
            return StoreCopy.run(database, Seal.of(database), new StoreLayout(target), progress);
        } catch (IOException e) {
            throw new StoreException(Reason.IO, database + " cannot be read: " + e, e);
        }
    }

    /**
     * Backs up the store of a node that does not run, and keeps one from starting meanwhile. A store that was not closed in
     * good order is opened and closed first, as the node's next start would do.
     *
     * @return bytes copied
     * @throws StoreException {@link Reason#LOCKED} if a node has it open; see also {@link StoreCopy#run}
     */
    public static long ofStopped(Path node, Hash32 network, Path target, StoreCopy.Progress progress) {
        StoreLayout layout = new StoreLayout(node);
        try {
            if (!Files.isDirectory(layout.database())) {
                throw new StoreException(Reason.IO, "there is no ledger in " + node);
            }
            if (!Files.exists(layout.seal())) {
                RocksStore.open(node, network).close();
            }
            return locked(layout, seal(layout), new StoreLayout(target), progress);
        } catch (IOException e) {
            throw new StoreException(Reason.IO, layout.database() + " cannot be read: " + e, e);
        }
    }

    private static long locked(StoreLayout from, Seal seal, StoreLayout to, StoreCopy.Progress progress)
            throws IOException {
        // RocksDB asks for the whole file exclusively; a shared lock needs no right to write.
        try (FileChannel channel = FileChannel.open(from.database().resolve("LOCK"), StandardOpenOption.READ);
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            if (shared == null) {
                throw new StoreException(Reason.LOCKED, "another process has the ledger in " + from.node() + " open");
            }
            return StoreCopy.run(from.database(), seal, to, progress);
        }
    }

    /**
     * Puts a backup's store into a node's directory that has none.
     *
     * @return bytes copied
     * @throws StoreException {@link Reason#CORRUPT} if a byte of the backup is not as it was; see also {@link StoreCopy#run}
     */
    public static long restore(Path backup, Path node, StoreCopy.Progress progress) {
        StoreLayout layout = new StoreLayout(backup);
        try {
            return StoreCopy.run(layout.database(), seal(layout), new StoreLayout(node), progress);
        } catch (IOException e) {
            throw new StoreException(Reason.IO, layout.seal() + " cannot be read: " + e, e);
        }
    }

    private static Seal seal(StoreLayout layout) throws IOException {
        try {
            Optional<Seal> seal = Seal.read(layout.seal());
            return seal.orElseThrow(() -> new StoreException(
                    Reason.CORRUPT, "there is no " + layout.seal() + ": this is no backup, or not a whole one"));
        } catch (CodecException e) {
            throw new StoreException(Reason.CORRUPT, layout.seal() + ": " + e.getMessage(), e);
        }
    }
}
