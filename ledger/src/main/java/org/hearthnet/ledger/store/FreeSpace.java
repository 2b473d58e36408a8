package org.hearthnet.ledger.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk that a store writes to, as far as a writer must know it before it begins. */
public interface FreeSpace {
    /** Bytes that this process may still write. */
    long usableBytes() throws IOException;

    /** Whether the file system is mounted so that nothing can be written; Linux does that to a disk that fails. */
    default boolean isReadOnly() throws IOException {
        return false;
    }

    /** The file system that {@code existing} is on. */
    static FreeSpace of(Path existing) {
        return new FreeSpace() {
            // Asked anew each time: a file store remembers how it was mounted when it was found.
            private FileStore disk() throws IOException {
                return Files.getFileStore(existing);
            }

            @Override
            public long usableBytes() throws IOException {
                return disk().getUsableSpace();
            }

            @Override
            public boolean isReadOnly() throws IOException {
                return disk().isReadOnly();
            }
        };
    }
}
