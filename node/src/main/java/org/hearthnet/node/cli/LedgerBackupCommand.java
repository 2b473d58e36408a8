package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.store.Directories;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.node.local.LedgerSnapshot;
import org.hearthnet.node.local.NodeDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth ledger backup}: a copy of the store that is consistent while the node runs. */
@Command(
        name = "backup",
        description =
                "Copy the ledger, while the node runs or not, into a directory that audit and restore can read. Keys are"
                        + " not copied.")
final class LedgerBackupCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "The node's directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Where to; has no ledger yet.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path target;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        NodeDirectory source = new NodeDirectory(data.toAbsolutePath());
        ChainSpec spec = source.spec();
        new NodeDirectory(target.toAbsolutePath()).adopt(Optional.of(source.genesis()));
        long bytes;
        boolean live;
        try (LedgerSnapshot snapshot = LedgerSnapshot.of(source.path());
                StepProgress progress = new StepProgress("backup", System.err)) {
            live = snapshot.isLive();
            bytes = snapshot.backup(
                    spec.id(), target.toAbsolutePath(), (done, total) -> progress.at("bytes", done, total));
        } catch (StoreException e) {
            throw StoreFailures.explain(e);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("to", target.toAbsolutePath().toString());
        document.put("network", spec.id());
        document.put("height", height(spec));
        document.put("bytes", bytes);
        document.put("whileRunning", live);
        output.print(document, () -> {
            output.line("backed up to %s: height %s, %d bytes", target, document.get("height"), bytes);
            output.line("check it:    hearth audit --data %s", target);
            output.line("The node's key is not part of it: hearth key export");
        });
        return ExitCode.DONE;
    }

    /** Reads it from the backup, which shows that it opens. */
    private long height(ChainSpec spec) throws IOException {
        Path logs = Files.createTempDirectory("hearth-backup");
        try (RocksStore store = RocksStore.openReadOnly(target.toAbsolutePath(), spec.id(), logs)) {
            return store.height();
        } catch (StoreException e) {
            throw StoreFailures.explain(e);
        } finally {
            Directories.delete(logs);
        }
    }
}
