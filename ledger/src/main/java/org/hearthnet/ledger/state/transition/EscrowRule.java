package org.hearthnet.ledger.state.transition;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.TransactionBody.Cap;
import org.hearthnet.ledger.block.TransactionBody.EscrowOpen;
import org.hearthnet.ledger.state.Escrow;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.Tables.Marker;

/** Opens escrows. */
final class EscrowRule {
    /** Most blocks that an escrow may stay open. */
    static final long MAX_BLOCKS = 1 << 20;

    private EscrowRule() {}

    static void apply(Context context, NodeId sender, Hash32 id, EscrowOpen body) {
        Refusal.unless(!body.caps().isEmpty(), "an escrow without caps");
        Refusal.unless(
                body.expiryHeight() > context.height() && body.expiryHeight() <= context.height() + MAX_BLOCKS,
                "an escrow expires after the current height, within " + MAX_BLOCKS + " blocks");
        Set<NodeId> executors = new HashSet<>();
        Amount total = Amount.ZERO;
        for (Cap cap : body.caps()) {
            Refusal.unless(!cap.amount().isZero(), "a cap of nothing");
            Refusal.unless(executors.add(cap.executor()), "two caps for " + cap.executor());
            total = total.plus(cap.amount());
        }
        context.debit(sender, total);
        List<Escrow.Share> shares = body.caps().stream()
                .map(c -> new Escrow.Share(c.executor(), c.amount(), Amount.ZERO))
                .toList();
        Tables.ESCROWS.put(context.state(), Keys.of(id), new Escrow(sender, body.expiryHeight(), shares, false));
        Tables.ESCROW_ENDS.put(context.state(), Keys.of(lastClaim(context, body.expiryHeight()), id), Marker.HERE);
        context.emit(new LedgerEvent.EscrowOpened(id, sender, total));
    }

    /** Last height at which vouchers of an escrow are redeemed. */
    static long lastClaim(Context context, long expiryHeight) {
        return expiryHeight + context.parameters().claimBlocks();
    }
}
