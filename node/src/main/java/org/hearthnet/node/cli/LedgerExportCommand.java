package org.hearthnet.node.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.store.Directories;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.node.local.LedgerExport;
import org.hearthnet.node.local.LedgerSnapshot;
import org.hearthnet.node.local.NodeDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth ledger export}: blocks as JSON lines. */
@Command(
        name = "export",
        description = "Write blocks as JSON, one a line, while the node runs or not; the form is in docs/ledger.md.")
final class LedgerExportCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, description = "The node's directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to; replaced if it is there.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--from", paramLabel = "H", description = "First height; 0 if not given.")
    private long from;

    @Option(names = "--to", paramLabel = "H", description = "Last height; that of the last block if not given.")
    private @Nullable Long to;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        NodeDirectory directory = new NodeDirectory(data.toAbsolutePath());
        ChainSpec spec = directory.spec();
        Path logs = Files.createTempDirectory("hearth-export");
        try (LedgerSnapshot snapshot = LedgerSnapshot.of(directory.path());
                RocksStore store = snapshot.open(spec.id(), logs)) {
            long last = last(store.height());
            long count = write(store, last);
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("out", file.toAbsolutePath().toString());
            document.put("network", spec.id());
            document.put("from", from);
            document.put("to", last);
            document.put("blocks", count);
            document.put("bytes", Files.size(file));
            output.print(
                    document,
                    () -> output.line(
                            "%d blocks, %d to %d, %s bytes in %s", count, from, last, document.get("bytes"), file));
        } catch (StoreException e) {
            throw StoreFailures.explain(e);
        } finally {
            Directories.delete(logs);
        }
        return ExitCode.DONE;
    }

    private long last(long tip) {
        long last = to == null ? tip : to;
        if (from < 0 || last < from || last > tip) {
            throw CommandException.usage("the ledger has blocks 0 to " + tip + "; asked were " + from + " to " + last);
        }
        return last;
    }

    /** Whoever reads the file sees all of it or what was there before. */
    private long write(RocksStore store, long last) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (StepProgress progress = new StepProgress("export", System.err)) {
            long count;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
                count = LedgerExport.write(
                        store, from, last, out, h -> progress.at("blocks", h - from + 1, last - from + 1));
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return count;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
