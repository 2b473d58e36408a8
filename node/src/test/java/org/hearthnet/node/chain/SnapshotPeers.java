package org.hearthnet.node.chain;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.rocksdb.SnapshotStore;
import org.hearthnet.ledger.store.PastReader;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.node.chain.SyncMessages.Response;

/** What honest nodes answer, without limits on how often. */
final class SnapshotPeers {
    /** Small, so that a small state takes many pieces. */
    private static final int PIECE_BYTES = 2_000;

    private SnapshotPeers() {}

    static Response answer(Replica replica, Hash32 network, SyncMessages.Request request) {
        return switch (request) {
            case SyncMessages.Hello hello -> new SyncMessages.Tip(network, replica.tip());
            case SyncMessages.Range range ->
                new SyncMessages.Blocks(replica.blocks(range.from(), range.count(), SyncMessages.TARGET_BYTES));
            case SyncMessages.Prove prove -> new SyncMessages.Proven(replica.prove(prove.key()));
            case SyncMessages.StepOf of ->
                new SyncMessages.Trust(replica.step(of.block()).stream().toList());
            case SyncMessages.Steps steps -> new SyncMessages.Trust(SyncServer.steps(replica, steps));
            case SyncMessages.StateFrom wanted -> state(replica, wanted);
        };
    }

    private static Response state(Replica replica, SyncMessages.StateFrom wanted) {
        try {
            PastReader.ProvenRange found = replica.state(wanted.block(), wanted.from(), wanted.within(), PIECE_BYTES);
            return new SyncMessages.Piece(found.range(), found.records(), found.proof());
        } catch (StoreException e) {
            return new SyncMessages.NoState(replica.oldestState(), replica.height());
        }
    }

    static boolean hasLedger(Path node, Hash32 network) {
        Optional<SnapshotStore> store = SnapshotStore.open(node, network);
        List<SnapshotStore> opened = store.stream().toList();
        opened.forEach(SnapshotStore::close);
        return store.isEmpty();
    }
}
