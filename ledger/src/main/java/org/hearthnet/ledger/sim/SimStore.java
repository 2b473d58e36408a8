package org.hearthnet.ledger.sim;

import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.store.ForwardingStore;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * A store on a disk that can lose power: while a block is added, before or after the instant in which it is there. It keeps
 * the contract of {@link LedgerStore}; whether a real store does is for that store's tests.
 */
final class SimStore extends ForwardingStore {
    private final Dice dice;
    private double lossRate;

    SimStore(Dice dice) {
        super(new MemoryStore());
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
        super.append(block, delta, tree);
        risk();
    }

    /** What is on its disk stays when a process ends. */
    @Override
    public void close() {}
}
