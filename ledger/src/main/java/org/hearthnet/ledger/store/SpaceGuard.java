package org.hearthnet.ledger.store;

import java.io.IOException;
import java.nio.file.Path;
import org.hearthnet.ledger.store.StoreException.Reason;

/**
 * Stops a writer while there is still room to end in good order. A disk that is full in the middle of a write loses nothing
 * final, as every block is written as a whole; but it also keeps the node from closing properly and everything else on the
 * machine from working.
 *
 * @param directory what is written to, for the message
 * @param disk where that is
 * @param minFreeBytes what is kept free
 */
public record SpaceGuard(Path directory, FreeSpace disk, long minFreeBytes) {
    /** System property: mebibytes to keep free. */
    public static final String PROPERTY = "hearth.minFreeMib";

    /** What is kept free by default: write-ahead log, write buffers and a compaction of the store have room in it. */
    public static final long DEFAULT_MIN_FREE_MIB = 128;

    /** Checks the limit. */
    public SpaceGuard {
        if (minFreeBytes < 0) {
            throw new IllegalArgumentException("what is kept free is not negative, got " + minFreeBytes);
        }
    }

    /** The guard of {@code directory}, which exists, with the default limit or that of {@link #PROPERTY}. */
    public static SpaceGuard of(Path directory) {
        long mib = Long.getLong(PROPERTY, DEFAULT_MIN_FREE_MIB);
        return new SpaceGuard(directory, FreeSpace.of(directory), Math.multiplyExact(Math.max(0, mib), 1L << 20));
    }

    /**
     * Throws unless {@code bytes} more can be written and the limit stays free.
     *
     * @throws StoreException with {@link Reason#DISK_FULL}, {@link Reason#READ_ONLY}, or {@link Reason#IO} if the disk does not
     *     answer
     */
    public void require(long bytes) {
        try {
            if (disk.isReadOnly()) {
                throw new StoreException(
                        Reason.READ_ONLY,
                        directory
                                + " is on a file system that is read-only now. Look into the system's log: a disk that fails"
                                + " is made read-only");
            }
            long usable = disk.usableBytes();
            if (usable - minFreeBytes < bytes) {
                throw new StoreException(
                        Reason.DISK_FULL,
                        String.format(
                                java.util.Locale.ROOT,
                                "%s: the disk has %d MiB left, and the ledger keeps %d MiB of it free (HEARTH_JAVA_OPTS=-D%s=N"
                                        + " sets another limit)",
                                directory,
                                usable >> 20,
                                minFreeBytes >> 20,
                                PROPERTY));
            }
        } catch (IOException e) {
            throw new StoreException(Reason.IO, directory + ": the disk does not answer: " + e, e);
        }
    }
}
