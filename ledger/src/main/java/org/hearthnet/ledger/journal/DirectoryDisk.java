package org.hearthnet.ledger.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A directory of the file system. Keeps files open, so that every force is of the file that was written. */
public final class DirectoryDisk implements Disk, AutoCloseable {
    private final Path directory;
    private final Map<String, FileChannel> open = new HashMap<>();

    /** The directory is made if there is none; only its owner may look into it, as secret keys may be in there. */
    public DirectoryDisk(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    @Override
    public void append(String name, byte[] bytes) throws IOException {
        FileChannel channel = channel(name);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long at = channel.size();
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        channel(name).truncate(length);
    }

    @Override
    public void force(String name) throws IOException {
        channel(name).force(false); // a changed length is part of the data that must be there to read it
    }

    @Override
    public void replace(String from, String to) throws IOException {
        close(to);
        FileChannel moved = open.remove(from);
        if (moved != null) {
            moved.close(); // some systems move no open file
        }
        Files.move(
                directory.resolve(from),
                directory.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void forceNames() throws IOException {
        if (java.io.File.separatorChar == '\\') {
            return; // a directory cannot be opened there; NTFS writes names in order
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private FileChannel channel(String name) throws IOException {
        FileChannel channel = open.get(name);
        if (channel == null) {
            channel = FileChannel.open(directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            open.put(name, channel);
        }
        return channel;
    }

    private void close(String name) throws IOException {
        FileChannel channel = open.remove(name);
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (String name : java.util.List.copyOf(open.keySet())) {
            close(name);
        }
    }
}
