package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.hearthnet.genesis.crypto.KeyPair;

/** The file that holds a node's secret: 64 hexadecimal digits, readable by its owner only. */
final class KeyFile {
    /** Its name in a node's directory. */
    static final String NAME = "node.key";

    private KeyFile() {}

    /** Writes {@code key} to {@code directory}; refuses to replace a key, for with it goes the money. */
    static void create(Path directory, KeyPair key) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(NAME);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                file, java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            byte[] text =
                    (HexFormat.of().formatHex(key.seed()) + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            channel.write(java.nio.ByteBuffer.wrap(text));
        } catch (FileAlreadyExistsException e) {
            throw CommandException.usage(file + " exists already. A key is an account: it is never overwritten. "
                    + "Choose another --data directory or move the file away.");
        }
    }

    /** Reads the key of the node in {@code directory}. */
    static KeyPair read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw CommandException.unavailable(
                    "there is no key in " + directory + ". Make one with: hearth key new --data " + directory);
        }
        if (Files.size(file) > 256) {
            throw CommandException.failed(file + " is no key file: it is too long");
        }
        try {
            return KeyPair.fromSeed(
                    HexFormat.of().parseHex(Files.readString(file).strip()));
        } catch (IllegalArgumentException e) {
            throw CommandException.failed(file + " is no key file: " + e.getMessage());
        }
    }
}
