package org.hearthnet.ledger.state;

/**
 * How often a member did not make a block that it could have made, in the epoch under way.
 *
 * @param count views that it led, and that ended without a block of it
 */
public record MissedTurns(int count) {}
