package org.hearthnet.node.sim.economy.strategy;

import org.hearthnet.node.sim.economy.Conduct;

/** Pays itself for receipts beside its customers', to be minted for and to build a record. */
public final class SelfDealingClient implements Conduct {
    private final int receipts;

    /** @param receipts own receipts an epoch */
    public SelfDealingClient(int receipts) {
        this.receipts = receipts;
    }

    @Override
    public int ownReceipts() {
        return receipts;
    }

    @Override
    public String toString() {
        return receipts + " own receipts an epoch";
    }
}
