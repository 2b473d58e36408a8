package org.hearthnet.node.chain;

/** What a pool did with a transaction. */
sealed interface Admission {
    /** It waits for a block now. */
    record Added() implements Admission {}

    /** It was there already. */
    record Known() implements Admission {}

    /**
     * It is not taken.
     *
     * @param why for the sender
     * @param hostile whether no honest peer would have passed it on
     */
    record Refused(String why, boolean hostile) implements Admission {}
}
