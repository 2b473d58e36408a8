package org.hearthnet.ledger.sim;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.ledger.tree.NodeReader;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * A store on a disk that can lose power: while a block is added, before or after the instant in which it is there. It keeps
 * the contract of {@link LedgerStore}; whether a real store does is for that store's tests.
 */
final class SimStore implements LedgerStore {
    private final MemoryStore kept = new MemoryStore();
    private final Dice dice;
    private double lossRate;

    SimStore(Dice dice) {
        this.dice = dice;
    }

    void setLossRate(double rate) {
        lossRate = rate;
    }

    private void risk() {
        if (dice.chance(lossRate)) {
            throw new PowerLoss();
        }
    }

    @Override
    public void append(SealedBlock block, StateDelta delta, TreeUpdate tree) {
        risk();
        kept.append(block, delta, tree);
        risk();
    }

    @Override
    public NodeReader nodes() {
        return kept.nodes();
    }

    @Override
    public long height() {
        return kept.height();
    }

    @Override
    public StateReader state() {
        return kept.state();
    }

    @Override
    public Optional<Block> block(long height) {
        return kept.block(height);
    }

    @Override
    public Optional<Long> heightOf(Hash32 block) {
        return kept.heightOf(block);
    }

    @Override
    public Optional<SealedHeader> header(long height) {
        return kept.header(height);
    }

    @Override
    public List<SealedHeader> headers(long from, int count) {
        return kept.headers(from, count);
    }

    @Override
    public Optional<TransactionPlace> transaction(Hash32 id) {
        return kept.transaction(id);
    }

    @Override
    public void close() {}
}
