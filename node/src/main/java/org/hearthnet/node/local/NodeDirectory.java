package org.hearthnet.node.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.SpecJson;

/**
 * The directory of one node: key, genesis file, ledger, jobs, and {@code node.json} while it runs.
 *
 * @param path where it is
 */
public record NodeDirectory(Path path) {
    /** Name of the network's file. */
    public static final String GENESIS = "genesis.json";

    /** The network's file. */
    public Path genesis() {
        return path.resolve(GENESIS);
    }

    /** Inputs and receipts of jobs. */
    public Path jobs() {
        return path.resolve("jobs");
    }

    /** The node's key. */
    public KeyPair key() throws IOException {
        return KeyFile.read(path);
    }

    /** The network of this directory; a message that says what to do if there is none. */
    public ChainSpec spec() throws IOException {
        if (!Files.isRegularFile(genesis())) {
            throw LocalException.unavailable("there is no " + GENESIS + " in " + path
                    + ". A node's first start brings it: hearth node --data " + path + " --genesis FILE");
        }
        return SpecJson.read(genesis());
    }

    /** Takes in the genesis file at the first start; later it must be of the same network, or be left out. */
    public ChainSpec adopt(Optional<Path> given) throws IOException {
        if (given.isEmpty()) {
            return spec();
        }
        if (!Files.isRegularFile(given.get())) {
            throw LocalException.unavailable("there is no genesis file " + given.get());
        }
        ChainSpec spec = SpecJson.read(given.get());
        if (!Files.isRegularFile(genesis())) {
            Files.createDirectories(path);
            PrivateFiles.replace(genesis(), Files.readString(given.get()));
            return spec;
        }
        if (!spec().id().equals(spec.id())) {
            throw LocalException.usage(
                    path + " belongs to network " + spec().id().shortHex() + " ("
                            + spec().name() + "), " + given.get() + " is network "
                            + spec.id().shortHex() + ". One directory is for one network: choose another --data.");
        }
        return spec;
    }
}
