package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.rocksdb.StoreBackup;
import org.hearthnet.ledger.store.StoreCopy;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreLayout;
import org.hearthnet.node.local.NodeDirectory;
import org.hearthnet.node.local.RunningNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth ledger restore}: a backup's store into a node's directory that has none. */
@Command(
        name = "restore",
        description = "Put a backup's ledger into a node's directory that has none; a ledger that is there is never"
                + " overwritten.")
final class LedgerRestoreCommand implements Callable<Integer> {
    @Option(names = "--from", required = true, paramLabel = "DIR", description = "The backup.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path backup;

    @Option(names = "--data", required = true, description = "The node's directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        NodeDirectory source = new NodeDirectory(backup.toAbsolutePath());
        NodeDirectory target = new NodeDirectory(data.toAbsolutePath());
        ChainSpec spec = source.spec();
        if (RunningNode.find(target.path()).isPresent()) {
            throw CommandException.unavailable("a node runs in " + data + ": a ledger is restored before its start");
        }
        if (!StoreCopy.isEmpty(new StoreLayout(target.path()))) {
            throw CommandException.usage(
                    data + " has a ledger already; it is not overwritten. Restore into another directory, or move "
                            + new StoreLayout(data).database() + " and its seal away first");
        }
        target.adopt(Optional.of(source.genesis()));
        long bytes;
        try (StepProgress progress = new StepProgress("restore", System.err)) {
            bytes = StoreBackup.restore(
                    source.path(), target.path(), (done, total) -> progress.at("bytes", done, total));
        } catch (StoreException e) {
            throw StoreFailures.explain(e);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("data", target.path().toString());
        document.put("network", spec.id());
        document.put("bytes", bytes);
        output.print(document, () -> {
            output.line("restored to %s: %d bytes, each as it was when the backup was made", data, bytes);
            output.line("check it:    hearth audit --data %s", data);
            output.line("Start it with --bootstrap, so that it fetches later blocks first.");
            output.line(
                    "A member of the committee has forgotten the votes that it gave after the backup: start it only when the"
                            + " others are well past them, or it may vote twice and lose its bond.");
        });
        return ExitCode.DONE;
    }
}
