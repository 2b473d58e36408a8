package org.hearthnet.genesis.proof;

/** What a move led to. */
public sealed interface DisputeOutcome {
    /** The dispute goes on. */
    record Continues(DisputeState state) implements DisputeOutcome {}

    /** The dispute is over. */
    record Decided(DisputeDecision decision) implements DisputeOutcome {}

    /**
     * The move is not valid and changes nothing; whoever has the turn may try again until its time is over.
     *
     * @param reason for people
     */
    record Refused(String reason) implements DisputeOutcome {}
}
