package org.hearthnet.ledger.audit;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * What an audit found.
 *
 * @param ok whether nothing is wrong
 * @param height height of the last block that was replayed; -1 for none
 * @param stateRoot root of the state after it; zero for none
 * @param errors what is wrong and where
 * @param supply the totals after it, if the replay came to its end
 * @param convictions how many convictions the replay recomputed
 * @param sealed whether the store had a seal to be checked against
 * @param history what the replay saw on its way
 * @param limits what could not be replayed and why, for people; nothing if everything was
 */
public record AuditReport(
        boolean ok,
        long height,
        Hash32 stateRoot,
        List<AuditError> errors,
        Optional<AuditSupply> supply,
        int convictions,
        boolean sealed,
        AuditHistory history,
        Optional<String> limits) {
    /**
     * Something wrong.
     *
     * @param where file and offset, block, or record
     * @param what what is wrong with it
     */
    public record AuditError(String where, String what) {}

    /** Totals: {@code minted - burned = held}, or there is an error. */
    public record AuditSupply(Amount minted, Amount burned, Amount held) {}
}
