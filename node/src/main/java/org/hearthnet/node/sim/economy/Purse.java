package org.hearthnet.node.sim.economy;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.ReceiptBatch.SignedVoucher;
import org.hearthnet.genesis.protocol.Voucher;

/** What one client has promised one executor out of one escrow. */
final class Purse {
    final Hash32 escrow;
    final Member client;
    final Member executor;
    private final Amount cap;
    private Amount promised = Amount.ZERO;

    Purse(Hash32 escrow, Member client, Member executor, Amount cap) {
        this.escrow = escrow;
        this.client = client;
        this.executor = executor;
        this.cap = cap;
    }

    /** A voucher that pays {@code fee} more, if the cap allows it. */
    Optional<SignedVoucher> pay(Hash32 network, Hash32 job, Amount fee) {
        Amount next = promised.plus(fee);
        if (next.compareTo(cap) > 0) {
            return Optional.empty();
        }
        promised = next;
        Voucher voucher = new Voucher(escrow, job, executor.id(), next, 1, Hash32.ZERO);
        return Optional.of(new SignedVoucher(voucher, Voucher.KIND.sign(client.key, network, voucher)));
    }
}
