package org.hearthnet.node.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/** What jobs need of the ledger, as this node knows it. Thread-safe. */
public interface LedgerPort {
    /** The network's id. */
    Hash32 network();

    /** The last final height. */
    long height();

    /** Free credits of {@code account}. */
    Amount balance(NodeId account);

    /** Whether {@code node} may execute for pay: bonded, graduated, not banned. */
    boolean isVeteran(NodeId node);

    /** Agreed duties of {@code node}. */
    int reputation(NodeId node);

    /** The largest fee of one receipt that the ledger accepts from {@code executor}. */
    Amount exposureCap(NodeId executor);

    /** The escrow with this id, if it is open. */
    Optional<EscrowTerms> escrow(Hash32 id);

    /**
     * Opens an escrow of this node's account and waits until it is on the ledger.
     *
     * @return its id
     * @throws LedgerException if it was rejected or did not get in before {@code timeout}
     */
    Hash32 openEscrow(List<Cap> caps, long expiryHeight, Duration timeout) throws LedgerException;

    /**
     * Most that one executor may draw from an escrow.
     *
     * @param executor who
     * @param amount how much
     */
    record Cap(NodeId executor, Amount amount) {}

    /**
     * One executor's view of an escrow.
     *
     * @param owner the client
     * @param expiryHeight height after which no new work should be done for it
     * @param claimHeight last height at which vouchers are redeemed
     * @param caps the caps
     */
    record EscrowTerms(NodeId owner, long expiryHeight, long claimHeight, List<Claimable> caps) {
        /** The entry of {@code executor}. */
        public Optional<Claimable> of(NodeId executor) {
            return caps.stream().filter(c -> c.executor().equals(executor)).findFirst();
        }
    }

    /**
     * A cap and what was drawn from it.
     *
     * @param executor who
     * @param cap most
     * @param redeemed drawn so far
     */
    record Claimable(NodeId executor, Amount cap, Amount redeemed) {}

    /** The ledger did not do what was asked; the message says why. */
    final class LedgerException extends Exception {
        private static final long serialVersionUID = 1;

        /** With an explanation for people. */
        public LedgerException(String message) {
            super(message);
        }
    }
}
