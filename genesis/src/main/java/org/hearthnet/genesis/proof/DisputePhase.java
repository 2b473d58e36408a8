package org.hearthnet.genesis.proof;

/**
 * What a dispute waits for, in order. {@link #SHOW_POSITIONS} is left out for the stage's last layer and for the output
 * head, whose leaves {@link #SHOW_LAYERS} has shown; {@link #SHOW_VECTOR} is left out for a token, which is shown too.
 */
public enum DisputePhase {
    /** The executor opens its receipt down to layers. */
    SHOW_LAYERS(DisputeParty.EXECUTOR),
    /** The challenger names the first layer that differs. */
    PICK_LAYER(DisputeParty.CHALLENGER),
    /** The executor opens that layer down to positions. */
    SHOW_POSITIONS(DisputeParty.EXECUTOR),
    /** The challenger names the first position that differs. */
    PICK_POSITION(DisputeParty.CHALLENGER),
    /** The executor shows the roots of all operations there. */
    SHOW_OPERATIONS(DisputeParty.EXECUTOR),
    /** The challenger names the first operation that differs. */
    PICK_OPERATION(DisputeParty.CHALLENGER),
    /** The executor shows the result it claims. */
    SHOW_VECTOR(DisputeParty.EXECUTOR),
    /** The challenger proves one element of it wrong. */
    PROVE(DisputeParty.CHALLENGER);

    private final DisputeParty party;

    DisputePhase(DisputeParty party) {
        this.party = party;
    }

    /** Whose turn it is. */
    public DisputeParty party() {
        return party;
    }
}
