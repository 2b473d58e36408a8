package org.hearthnet.node.chain;

import java.util.List;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.state.LedgerEvent;

/** What became of a transaction. */
public sealed interface TransactionOutcome {
    /**
     * It is in a block, for good.
     *
     * @param id the id under which it is in the block; differs from the submitted one when it had to be signed again
     * @param height the block's
     * @param events what that whole block did; empty when it was included before anybody asked
     */
    record Included(Hash32 id, long height, List<LedgerEvent> events) implements TransactionOutcome {}

    /** It will not be in a block. */
    record Rejected(String reason) implements TransactionOutcome {}

    /** Nothing is known yet; it may still be included. */
    record TimedOut() implements TransactionOutcome {}
}
