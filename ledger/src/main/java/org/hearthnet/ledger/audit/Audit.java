package org.hearthnet.ledger.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.audit.AuditReport.AuditError;
import org.hearthnet.ledger.rocksdb.RocksFiles;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.Directories;
import org.hearthnet.ledger.store.Seal;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreLayout;

/**
 * The full audit of a stored ledger, in the order in which things can be trusted: bytes against the seal, log records,
 * checksums of tables, then every block from genesis with signatures, state roots and supply, and at last the stored state
 * against the replayed one. It stops at the first of these steps that finds errors, since later ones would build on them.
 */
public final class Audit {
    private final StoreLayout layout;
    private final Rules rules;
    private final AuditProgress progress;
    private boolean sealed;

    private Audit(Path node, Rules rules, AuditProgress progress) {
        this.layout = new StoreLayout(node);
        this.rules = rules;
        this.progress = progress;
    }

    /** Audits the ledger in a node's directory; changes nothing in it. */
    public static AuditReport run(Path node, ChainSpec spec, AuditProgress progress) {
        return run(node, new Rules(spec), progress);
    }

    /** The same under given rules. */
    public static AuditReport run(Path node, Rules rules, AuditProgress progress) {
        return new Audit(node, rules, progress).run();
    }

    private AuditReport run() {
        try {
            List<AuditError> errors = files();
            return errors.isEmpty() ? content() : failed(errors);
        } catch (IOException e) {
            return failed(List.of(new AuditError(layout.database().toString(), "cannot be read: " + e)));
        } catch (StoreException e) {
            return failed(List.of(new AuditError(layout.database().toString(), String.valueOf(e.getMessage()))));
        }
    }

    private AuditReport failed(List<AuditError> errors) {
        return new AuditReport(
                false, -1, Hash32.ZERO, errors, Optional.empty(), 0, sealed, AuditHistory.NONE, Optional.empty());
    }

    private List<AuditError> files() throws IOException {
        Path directory = layout.database();
        if (!Files.isDirectory(directory)) {
            return List.of(new AuditError(directory.toString(), "there is no ledger"));
        }
        if (RocksFiles.isLocked(directory)) {
            return List.of(new AuditError(directory.toString(), "a running node has it open: stop it first"));
        }
        progress.at("seal", 0, 1);
        List<Seal.Difference> found = new ArrayList<>();
        try {
            Optional<Seal> seal = Seal.read(layout.seal());
            sealed = seal.isPresent();
            if (seal.isPresent()) {
                found.addAll(seal.get().check(directory));
            }
        } catch (CodecException e) {
            found.add(new Seal.Difference(layout.seal().getFileName().toString(), String.valueOf(e.getMessage())));
        }
        progress.at("logs", 0, 1);
        if (found.isEmpty()) {
            found.addAll(RocksFiles.check(directory));
        }
        return found.stream().map(d -> new AuditError(d.where(), d.what())).toList();
    }

    private AuditReport content() throws IOException {
        Path logs = Files.createTempDirectory("hearth-audit");
        try (RocksStore store = RocksStore.openReadOnly(layout.node(), rules.network(), logs)) {
            progress.at("checksums", 0, 1);
            store.verifyChecksums();
            Replay replay = new Replay(rules, store, progress);
            replay.run();
            return new AuditReport(
                    replay.errors().isEmpty(),
                    replay.height(),
                    replay.stateRoot(),
                    replay.errors(),
                    replay.supply(),
                    replay.convictions(),
                    sealed,
                    replay.history(),
                    replay.limits());
        } finally {
            Directories.delete(logs);
        }
    }
}
