package org.hearthnet.ledger.audit;

import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.state.Conviction;

/**
 * What a replay saw on its way, for people who want to read it.
 *
 * @param transactions in all blocks
 * @param totals after the last block of epochs, in order; of a long chain not of every epoch, but always of the last one
 * @param convictions all, up to {@value #MAX_CASES}
 * @param slashes frozen bonds that were divided or held back, up to {@value #MAX_CASES}
 */
public record AuditHistory(
        long transactions, List<Totals> totals, List<ProvenFault> convictions, List<Divided> slashes) {
    /** Most convictions and most slashes that are listed one by one. */
    public static final int MAX_CASES = 1_000;

    /** A replay that saw nothing. */
    public static final AuditHistory NONE = new AuditHistory(0, List.of(), List.of(), List.of());

    /** Copies the lists. */
    public AuditHistory {
        totals = List.copyOf(totals);
        convictions = List.copyOf(convictions);
        slashes = List.copyOf(slashes);
    }

    /**
     * The supply at the end of an epoch.
     *
     * @param epoch which
     * @param height of its last block here
     */
    public record Totals(long epoch, long height, Amount minted, Amount burned, Amount held) {}

    /**
     * A conviction whose evidence was recomputed by itself, besides the replay of its block.
     *
     * @param conviction as the ledger keeps it
     * @param by who sent the evidence
     * @param evidenceBytes length of the transaction with the evidence
     * @param holds whether the evidence proves the fault
     * @param how what was recomputed and what came out, for people
     */
    public record ProvenFault(Conviction conviction, NodeId by, int evidenceBytes, boolean holds, String how) {}

    /**
     * A frozen bond whose time has come.
     *
     * @param height of the block
     * @param node whose bond
     * @param refund to the client
     * @param finder to who found the fault
     * @param burned the rest
     * @param held what stays frozen instead, for review; zero if it was divided
     */
    public record Divided(long height, NodeId node, Amount refund, Amount finder, Amount burned, Amount held) {}
}
