package org.hearthnet.ledger.state;

import org.hearthnet.genesis.primitive.Amount;

/**
 * Totals of the network. Always: minted - burned = everything that accounts, escrows and the duty pool hold.
 *
 * @param minted ever made; includes the genesis allocations
 * @param burned ever destroyed
 * @param bonded sum of all bonds, without frozen and unbonding ones
 * @param dutyPool audit fees not yet paid out: the sum over all batches
 */
public record Supply(Amount minted, Amount burned, Amount bonded, Amount dutyPool) {
    /** More minted. */
    public Supply mint(Amount amount) {
        return new Supply(minted.plus(amount), burned, bonded, dutyPool);
    }

    /** More burned. */
    public Supply burn(Amount amount) {
        return new Supply(minted, burned.plus(amount), bonded, dutyPool);
    }

    /** Another bonded total. */
    public Supply withBonded(Amount value) {
        return new Supply(minted, burned, value, dutyPool);
    }

    /** Another duty pool. */
    public Supply withDutyPool(Amount value) {
        return new Supply(minted, burned, bonded, value);
    }
}
