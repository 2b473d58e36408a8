package org.hearthnet.node.pipeline.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.hearthnet.genesis.codec.CodecException;

/**
 * An append-only file of {@link JournalEntry}s: length and CRC-32C (RFC 3720, appendix B.4), then the entry. A torn or
 * altered entry ends what is read: what follows it was never answered.
 */
final class Journal implements AutoCloseable {
    private static final int HEADER = 8;

    private final FileChannel channel;

    private Journal(FileChannel channel) {
        this.channel = channel;
    }

    /** Begins {@code file}, which must not exist. */
    static Journal create(Path file) throws IOException {
        return new Journal(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Goes on after the first {@code bytes} of {@code file}; a torn rest is cut off. */
    static Journal resume(Path file, long bytes) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(bytes).position(bytes);
        return new Journal(channel);
    }

    /** Appends; after this a killed process does not lose the entry. */
    void append(JournalEntry entry) throws IOException {
        byte[] bytes = JournalEntry.CODEC.encode(entry);
        ByteBuffer out = ByteBuffer.allocate(HEADER + bytes.length);
        out.putInt(bytes.length).putInt(crc(bytes)).put(bytes).flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Waits until the disk has everything: after this a power cut does not lose it either. */
    void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * Reads {@code file} from the beginning.
     *
     * @return how many of its bytes are whole entries
     */
    static long read(Path file, Consumer<JournalEntry> each) throws IOException {
        long good = 0;
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                int length = in.readInt();
                int crc = in.readInt();
                if (length < 1 || length > JournalEntry.MAX_BYTES) {
                    return good;
                }
                byte[] bytes = new byte[length];
                in.readFully(bytes);
                if (crc(bytes) != crc) {
                    return good;
                }
                each.accept(JournalEntry.CODEC.decode(bytes));
                good += HEADER + length;
            }
        } catch (EOFException | CodecException e) {
            return good;
        }
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
