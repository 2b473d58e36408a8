package org.hearthnet.ledger.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hearthnet.ledger.store.Seal.Difference;

/** What can be said of a database's files without RocksDB. */
public final class RocksFiles {
    private RocksFiles() {}

    /** Checks every record of every log and of the manifest, and that {@code CURRENT} names a manifest. */
    public static List<Difference> check(Path directory) throws IOException {
        List<Difference> out = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".log") || name.startsWith("MANIFEST-")) {
                    LogFile.check(file)
                            .ifPresent(d -> out.add(new Difference(name + " at offset " + d.offset(), d.what())));
                }
            }
        }
        Path current = directory.resolve("CURRENT");
        String manifest =
                Files.exists(current) ? Files.readString(current, java.nio.charset.StandardCharsets.ISO_8859_1) : "";
        if (!manifest.matches("MANIFEST-[0-9]{6,}\n") || !Files.exists(directory.resolve(manifest.strip()))) {
            out.add(new Difference("CURRENT", "does not name a manifest"));
        }
        return out;
    }

    /**
     * Whether another process has the database open. Must not be asked by a process that has it open itself: closing the
     * probe would end that process's own lock (POSIX record locks belong to process and file).
     */
    public static boolean isLocked(Path directory) throws IOException {
        Path lock = directory.resolve("LOCK");
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared == null;
        }
    }
}
