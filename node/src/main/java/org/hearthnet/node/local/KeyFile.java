package org.hearthnet.node.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.hearthnet.genesis.crypto.KeyPair;

/** The file that holds a node's secret: 64 hexadecimal digits, readable by its owner only. */
public final class KeyFile {
    /** Its name in a node's directory. */
    public static final String NAME = "node.key";

    private KeyFile() {}

    /** Writes {@code key} to {@code directory}; refuses to replace a key, for with it goes the money. */
    public static void create(Path directory, KeyPair key) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(NAME);
        try {
            PrivateFiles.create(file, HexFormat.of().formatHex(key.seed()) + "\n");
        } catch (FileAlreadyExistsException e) {
            throw LocalException.usage(file + " exists already. A key is an account: it is never overwritten. "
                    + "Choose another --data directory or move the file away.");
        }
    }

    /** Reads the key of the node in {@code directory}. */
    public static KeyPair read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw LocalException.unavailable(
                    "there is no key in " + directory + ". Make one with: hearth key new --data " + directory);
        }
        if (Files.size(file) > 256) {
            throw LocalException.failed(file + " is no key file: it is too long");
        }
        try {
            return KeyPair.fromSeed(
                    HexFormat.of().parseHex(Files.readString(file).strip()));
        } catch (IllegalArgumentException e) {
            throw LocalException.failed(file + " is no key file: " + e.getMessage());
        }
    }
}
