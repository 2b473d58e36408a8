package org.hearthnet.node.sim.economy.strategy;

import java.util.SplittableRandom;

/**
 * Own model, own verifiers: as the ledger refuses a model that is not approved, what is left is a corner of an approved one, with own
 * clients, own verifiers and own receipts only.
 */
public final class PrivateCorner extends Cheat {
    private final int receipts;

    /** @param receipts own receipts an epoch, none of them computed */
    public PrivateCorner(int receipts) {
        super(0, 0, Plea.DEFEND);
        this.receipts = receipts;
    }

    @Override
    public Finding check(boolean right, boolean friend, SplittableRandom dice) {
        return friend ? Finding.COPY : super.check(right, false, dice);
    }

    @Override
    public int ownCost() {
        return 0;
    }

    @Override
    public int ownReceipts() {
        return receipts;
    }

    @Override
    public String toString() {
        return receipts + " own receipts an epoch among friends";
    }
}
