package org.hearthnet.ledger.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.hearthnet.ledger.store.StoreException.Reason;

/**
 * Copies a store that nobody writes to, and lets the copy appear under its name only when every byte of it was read back and
 * agrees with the seal. So a copy is there as a whole, synced and sealed, or it is not there.
 */
public final class StoreCopy {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Hears how many bytes are copied. */
    @FunctionalInterface
    public interface Progress {
        void at(long doneBytes, long totalBytes);
    }

    private final Path from;
    private final Seal seal;
    private final StoreLayout to;
    private final Progress progress;
    private final long total;
    private long done;

    private StoreCopy(Path from, Seal seal, StoreLayout to, Progress progress) {
        this.from = from;
        this.seal = seal;
        this.to = to;
        this.progress = progress;
        this.total = seal.files().stream().mapToLong(Seal.SealedFile::size).sum();
    }

    /**
     * Copies the files of {@code seal} from the directory {@code from} to {@code to}.
     *
     * @return bytes copied
     * @throws StoreException {@link Reason#READ_ONLY} if there is a store already, {@link Reason#CORRUPT} if the source is not what
     *     the seal says, {@link Reason#DISK_FULL}, or {@link Reason#IO}
     */
    public static long run(Path from, Seal seal, StoreLayout to, Progress progress) {
        StoreCopy copy = new StoreCopy(from, seal, to, progress);
        try {
            copy.run();
            return copy.total;
        } catch (NoSuchFileException e) {
            throw new StoreException(Reason.CORRUPT, from + " is not whole: " + e.getFile() + " is missing", e);
        } catch (IOException e) {
            boolean full = String.valueOf(e.getMessage()).contains("No space left");
            throw new StoreException(
                    full ? Reason.DISK_FULL : Reason.IO, "copying " + from + " to " + to.node() + ": " + e, e);
        }
    }

    /** Whether a store could be put there: there is none, not even part of one. */
    public static boolean isEmpty(StoreLayout layout) throws IOException {
        if (Files.exists(layout.seal())) {
            return false;
        }
        if (!Files.exists(layout.database())) {
            return true;
        }
        if (!Files.isDirectory(layout.database())) {
            return false;
        }
        try (Stream<Path> inside = Files.list(layout.database())) {
            return inside.findAny().isEmpty();
        }
    }

    private void run() throws IOException {
        if (!isEmpty(to)) {
            throw new StoreException(
                    Reason.READ_ONLY,
                    to.node() + " has a ledger already; it is not overwritten. Choose another directory");
        }
        Path part = to.node().resolve(to.database().getFileName() + ".part");
        Files.createDirectories(to.node());
        Directories.delete(part); // of an earlier attempt that was interrupted
        SpaceGuard.of(to.node()).require(total);
        Files.createDirectories(part);
        try {
            for (Seal.SealedFile file : seal.files()) {
                copy(resolve(from, file), resolve(part, file));
            }
            sync(part);
            List<Seal.Difference> wrong = seal.check(part);
            if (!wrong.isEmpty()) {
                throw new StoreException(
                        Reason.CORRUPT,
                        from + " is damaged: " + wrong.getFirst().where() + ": "
                                + wrong.getFirst().what());
            }
        } catch (IOException | StoreException e) {
            Directories.delete(part);
            throw e;
        }
        Files.deleteIfExists(to.database()); // an empty one
        Files.move(part, to.database(), StandardCopyOption.ATOMIC_MOVE);
        seal.write(to.seal());
        sync(to.node());
    }

    /** A seal may come from a stranger, together with the backup: its names must not lead out of the directory. */
    private static Path resolve(Path directory, Seal.SealedFile file) {
        try {
            Path name = Path.of(file.name());
            boolean inside = !name.isAbsolute()
                    && !file.name().isEmpty()
                    && name.equals(name.normalize())
                    && !name.startsWith("..");
            if (inside) {
                return directory.resolve(name);
            }
        } catch (InvalidPathException e) {
            throw new StoreException(Reason.CORRUPT, "the seal names a file that cannot be", e);
        }
        throw new StoreException(Reason.CORRUPT, "the seal names a file outside of the store: " + file.name());
    }

    private void copy(Path source, Path target) throws IOException {
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (source.endsWith("LOCK")) {
            Files.createFile(target); // always empty; and closing it would end this process's own lock on the source
            return;
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(source);
                FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                done += n;
                progress.at(Math.min(done, total), total);
            }
            out.force(true);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
