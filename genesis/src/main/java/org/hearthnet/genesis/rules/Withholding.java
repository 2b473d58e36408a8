package org.hearthnet.genesis.rules;

/**
 * The price of turns that a leader lets pass. A leader knows the beacon of its block before anybody else and can make the next
 * leader's take its place, by not proposing; nobody can tell that from an outage. So some turns are free, and beyond them
 * an epoch costs a point of reputation and the claim to a seat, but never bond.
 */
public final class Withholding {
    /** Of so many turns one is free. */
    static final int ONE_OF = 8;

    private Withholding() {}

    /** Turns of an epoch that a member of a committee of {@code seats} may miss for nothing: an eighth of its own, and one. */
    public static int freeTurns(int epochBlocks, int seats) {
        return 1 + epochBlocks / (ONE_OF * seats);
    }

    /** Reputation after an epoch in which more were missed. */
    public static int reputation(int before) {
        return Math.max(0, before - 1);
    }
}
