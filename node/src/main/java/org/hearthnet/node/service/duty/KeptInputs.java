package org.hearthnet.node.service.duty;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Inputs of receipts that this verifier found wrong, kept on disk until the case is over: an executor with something to
 * hide would not serve them again to a challenger that has restarted, which would lose the dispute by silence.
 */
final class KeptInputs {
    /** Most cases kept; each is a bond that somebody is about to lose, so there are few. */
    static final int MAX_FILES = 64;

    private static final String ENDING = ".inputs";
    private static final int HASH_BYTES = 32;

    private final Path directory;

    /** Keeps files in {@code directory}, which is made if it does not exist. */
    KeptInputs(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** What was kept; to be checked like anything that was served. */
    @SuppressWarnings("ArrayRecordComponent")
    record Kept(InputMessages.Served header, byte[] activations) {}

    /** Keeps the inputs of {@code duty}. */
    synchronized void keep(Hash32 duty, ServedInputs inputs) throws IOException {
        if (count() >= MAX_FILES) {
            throw new IOException("inputs of " + MAX_FILES + " disputed receipts are kept already");
        }
        byte[] header =
                InputMessages.ANSWER.encode(ServedInputs.header(inputs.drawn().opening(), inputs.inputs()));
        byte[] activations = inputs.activationBytes();
        Path draft = directory.resolve(duty.toHex() + ".tmp");
        try (var out = new DataOutputStream(Files.newOutputStream(draft))) {
            out.writeInt(header.length);
            out.write(header);
            out.writeInt(activations.length);
            out.write(activations);
            out.write(digest(header, activations));
        }
        Files.move(draft, file(duty), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The inputs of {@code duty}; nothing if they are not kept or the file is damaged. */
    synchronized Optional<Kept> read(Hash32 duty) throws IOException {
        Path file = file(duty);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            byte[] header = bytes(in);
            byte[] activations = bytes(in);
            boolean whole = Arrays.equals(in.readNBytes(HASH_BYTES), digest(header, activations));
            return whole && InputMessages.ANSWER.decode(header) instanceof InputMessages.Served served
                    ? Optional.of(new Kept(served, activations))
                    : Optional.empty();
        } catch (java.io.EOFException | CodecException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] out = in.readNBytes(Math.max(0, length));
        if (out.length != length) {
            throw new java.io.EOFException();
        }
        return out;
    }

    private static byte[] digest(byte[] header, byte[] activations) {
        return Hashing.in("hearth/kept-inputs/1")
                .add(header)
                .add(activations)
                .finish()
                .toArray();
    }

    /** Deletes what is kept for duties that are over. */
    synchronized void retain(Predicate<Hash32> open) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : files) {
                if (!duty(file).filter(open).isPresent()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Optional<Hash32> duty(Path file) {
        String name = file.getFileName().toString();
        try {
            return Optional.of(Hash32.fromHex(name.substring(0, name.length() - ENDING.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private int count() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path ignored : files) {
                count++;
            }
        }
        return count;
    }

    private Path file(Hash32 duty) {
        return directory.resolve(duty.toHex() + ENDING);
    }
}
