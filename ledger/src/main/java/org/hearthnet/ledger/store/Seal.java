package org.hearthnet.ledger.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * What every byte of a store was when it was closed. It finds any byte that changed since, by accident or by a careless
 * hand; it does not protect against someone who also writes a new seal, which only the replay of signed blocks does.
 *
 * @param version of this format
 * @param files in order of name
 */
public record Seal(int version, @Limit(Seal.MAX_FILES) List<SealedFile> files) {
    /** Bytes of one chunk. */
    public static final int CHUNK_BYTES = 1 << 16;

    static final int MAX_FILES = 1 << 16;
    private static final int MAX_CHUNKS = 1 << 22;
    private static final int VERSION = 1;
    private static final String DOMAIN = "hearth/store-seal/1";
    private static final Codec<Seal> CODEC = Codec.of(Seal.class);

    /**
     * A file.
     *
     * @param name relative to the database
     * @param size in bytes
     * @param chunks SHA-256 of each chunk
     */
    public record SealedFile(
            @Limit(4096) String name,
            long size,
            @Limit(Seal.MAX_CHUNKS) List<Hash32> chunks) {}

    /** A place where a store is not what its seal says. */
    public record Difference(String where, String what) {}

    /** Describes all files under {@code directory} as they are. */
    public static Seal of(Path directory) throws IOException {
        List<SealedFile> files = new ArrayList<>();
        for (String name : names(directory)) {
            Path file = directory.resolve(name);
            files.add(new SealedFile(name, Files.size(file), chunks(file)));
        }
        return new Seal(VERSION, files);
    }

    private static TreeSet<String> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            TreeSet<String> out = new TreeSet<>();
            all.filter(p -> !Files.isDirectory(p))
                    .forEach(p -> out.add(directory.relativize(p).toString()));
            return out;
        }
    }

    private static List<Hash32> chunks(Path file) throws IOException {
        List<Hash32> out = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = in.readNBytes(CHUNK_BYTES);
            while (chunk.length > 0) {
                MessageDigest digest = Hashing.sha256();
                out.add(Hash32.of(digest.digest(chunk)));
                chunk = in.readNBytes(CHUNK_BYTES);
            }
        }
        return out;
    }

    /** Writes the seal so that it is there as a whole or not at all. */
    public void write(Path file) throws IOException {
        byte[] body = CODEC.encode(this);
        byte[] bytes = Arrays.copyOf(body, body.length + Hash32.BYTES);
        Hashing.in(DOMAIN).add(body).finish().write(bytes, body.length);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads a seal; nothing if there is none.
     *
     * @throws CodecException if the file was altered
     */
    public static Optional<Seal> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length - Hash32.BYTES;
        if (length < 0 || !Hashing.in(DOMAIN).add(bytes, 0, length).finish().equals(Hash32.at(bytes, length))) {
            throw new CodecException("the seal itself was altered");
        }
        Seal seal = CODEC.decode(Arrays.copyOf(bytes, length));
        if (seal.version != VERSION) {
            throw new CodecException("a seal of version " + seal.version + ", known is " + VERSION);
        }
        return Optional.of(seal);
    }

    /** Compares every byte under {@code directory} with the seal; the first difference of each file. */
    public List<Difference> check(Path directory) throws IOException {
        List<Difference> out = new ArrayList<>();
        TreeSet<String> extra = names(directory);
        for (SealedFile sealed : files) {
            if (extra.remove(sealed.name())) {
                difference(directory.resolve(sealed.name()), sealed).ifPresent(out::add);
            } else {
                out.add(new Difference(sealed.name(), "the file is missing"));
            }
        }
        extra.forEach(name -> out.add(new Difference(name, "the file is not in the seal")));
        return out;
    }

    private static Optional<Difference> difference(Path file, SealedFile sealed) throws IOException {
        List<Hash32> found = chunks(file);
        for (int i = 0; i < Math.min(found.size(), sealed.chunks().size()); i++) {
            if (!found.get(i).equals(sealed.chunks().get(i))) {
                long from = (long) i * CHUNK_BYTES;
                long to = Math.min(from + CHUNK_BYTES, Math.max(sealed.size(), Files.size(file)));
                return Optional.of(new Difference(
                        sealed.name() + " at offset " + from + " to " + to, "bytes differ from the seal"));
            }
        }
        if (Files.size(file) != sealed.size()) {
            return Optional.of(
                    new Difference(sealed.name(), "has " + Files.size(file) + " bytes, sealed were " + sealed.size()));
        }
        return Optional.empty();
    }
}
