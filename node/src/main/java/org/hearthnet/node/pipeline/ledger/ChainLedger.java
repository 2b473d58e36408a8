package org.hearthnet.node.pipeline.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Escrow;
import org.hearthnet.node.chain.ChainService;
import org.hearthnet.node.chain.TransactionOutcome;
import org.hearthnet.node.pipeline.LedgerPort;

/** {@link LedgerPort} on this node's own copy of the chain. */
public final class ChainLedger implements LedgerPort {
    private final ChainService chain;

    /** The ledger that {@code chain} follows. */
    public ChainLedger(ChainService chain) {
        this.chain = chain;
    }

    @Override
    public Hash32 network() {
        return chain.network();
    }

    @Override
    public long height() {
        return chain.height();
    }

    @Override
    public Amount balance(NodeId account) {
        return chain.read(v -> v.account(account).balance());
    }

    @Override
    public boolean isVeteran(NodeId node) {
        return chain.read(v -> v.role(node)) == Role.VETERAN;
    }

    @Override
    public int reputation(NodeId node) {
        return chain.read(v -> v.account(node).standing().reputation());
    }

    @Override
    public Amount exposureCap(NodeId executor) {
        return chain.read(v -> v.largestFee(executor));
    }

    @Override
    public Optional<EscrowTerms> escrow(Hash32 id) {
        return chain.read(v -> v.escrow(id)).filter(e -> !e.returned()).map(this::terms);
    }

    private EscrowTerms terms(Escrow escrow) {
        List<Claimable> caps = escrow.shares().stream()
                .map(s -> new Claimable(s.executor(), s.cap(), s.redeemed()))
                .toList();
        long claim = escrow.expiryHeight() + chain.spec().parameters().claimBlocks();
        return new EscrowTerms(escrow.client(), escrow.expiryHeight(), claim, caps);
    }

    @Override
    public Hash32 openEscrow(List<Cap> caps, long expiryHeight, Duration timeout) throws LedgerException {
        List<TransactionBody.Cap> wanted = caps.stream()
                .map(c -> new TransactionBody.Cap(c.executor(), c.amount()))
                .toList();
        return included(new TransactionBody.EscrowOpen(wanted, expiryHeight), timeout);
    }

    /** Submits {@code body} and waits until it is in a block; returns its id there. */
    public Hash32 included(TransactionBody body, Duration timeout) throws LedgerException {
        try {
            return switch (chain.submitAndAwait(body, timeout)) {
                case TransactionOutcome.Included in -> in.id();
                case TransactionOutcome.Rejected rejected -> throw new LedgerException(rejected.reason());
                case TransactionOutcome.TimedOut ignored ->
                    throw new LedgerException("not in a block after " + timeout.toSeconds()
                            + " s; is this node connected and the network's proposer running?");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("interrupted");
        }
    }
}
