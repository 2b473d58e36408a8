package org.hearthnet.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.transition.Rules;

/** Stores on disk with something in them. */
public final class TestStore {
    private TestStore() {}

    /** The rules of every {@link RandomNetwork}. */
    public static Rules rules() {
        return new Rules(RandomNetwork.spec(), new ScriptedReferee());
    }

    /** An open store with {@code blocks} random blocks. */
    public static RocksStore grown(Path node, long seed, int blocks) {
        RocksStore store = RocksStore.open(node, RandomNetwork.spec().id());
        RandomNetwork network = new RandomNetwork(seed, store);
        for (int i = 0; i < blocks; i++) {
            network.step();
        }
        return store;
    }

    /** Copies a directory, as a crash would leave it: without asking anybody to finish anything. */
    public static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return to;
    }

    /** All files under {@code directory}. */
    public static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
