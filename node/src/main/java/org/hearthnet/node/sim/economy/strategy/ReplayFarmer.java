package org.hearthnet.node.sim.economy.strategy;

import org.hearthnet.node.sim.economy.Conduct;

/** Claims one and the same computed job again and again, paid by itself: nothing to compute any more. */
public final class ReplayFarmer implements Conduct {
    private final int receipts;

    /** @param receipts replayed receipts an epoch */
    public ReplayFarmer(int receipts) {
        this.receipts = receipts;
    }

    @Override
    public int ownReceipts() {
        return receipts;
    }

    @Override
    public int ownCost() {
        return 0;
    }

    @Override
    public String toString() {
        return receipts + " replayed receipts an epoch";
    }
}
