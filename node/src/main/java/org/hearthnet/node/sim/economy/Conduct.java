package org.hearthnet.node.sim.economy;

import java.util.SplittableRandom;

/**
 * What a node does wherever it could do otherwise. Every default is what an honest node does. Members of one ring share a conduct and
 * know one another.
 */
public interface Conduct {
    /** An honest node. */
    Conduct HONEST = new Conduct() {};

    /** All of a cost or of a chance, in thousandths. */
    int FULL = 1000;

    /**
     * How an executor works on a receipt.
     *
     * @param right whether the result is right
     * @param cost what it costs, thousandths of honest work
     */
    record Work(boolean right, int cost) {
        /** Honest work. */
        public static final Work HONEST = new Work(true, FULL);
    }

    /** What a verifier says. */
    enum Finding {
        /** Computed, and the same. */
        AGREE,
        /** Not computed: the executor, a friend or a briber, told the tag. */
        COPY,
        /** Not computed: a tag out of the air. */
        GUESS,
        /** Another result. */
        DIFFER,
        /** Got no inputs. */
        NOT_SERVED,
        /** Nothing. */
        ABSENT
    }

    /** What an executor does when a verifier differs. */
    enum Plea {
        /** Lets it come to a dispute. */
        DEFEND,
        /** Admits an error. */
        CONFESS,
        /** Lets a friend report two contradicting signatures before the dispute ends. */
        SELF_REPORT
    }

    /**
     * Where an executor stands when it works.
     *
     * @param epoch the epoch
     * @param epochs epochs in which there is work
     * @param rate its audit rate, thousandths
     */
    record Situation(int epoch, int epochs, int rate) {}

    /** How it works on the next receipt. */
    default Work work(Situation situation, SplittableRandom dice) {
        return Work.HONEST;
    }

    /** Whether it serves a verifier. */
    default boolean serves(boolean right, boolean friend) {
        return true;
    }

    /** Whether it is there for an epoch. */
    default boolean isOnline(SplittableRandom dice) {
        return true;
    }

    /** What it does when a stranger differs from its receipt. */
    default Plea plea() {
        return Plea.DEFEND;
    }

    /** Whether it offers a stranger that was drawn for a wrong receipt what the stranger would give up by agreeing. */
    default boolean bribes() {
        return false;
    }

    /** What it says as a verifier of a receipt that it was served. */
    default Finding check(boolean right, boolean friend, SplittableRandom dice) {
        return right ? Finding.AGREE : Finding.DIFFER;
    }

    /** Whether its leaders give up a turn whose beacon draws badly. */
    default boolean rerolls() {
        return false;
    }

    /** Receipts an epoch that it pays to itself. */
    default int ownReceipts() {
        return 0;
    }

    /** What one of these costs to compute, thousandths of honest work. */
    default int ownCost() {
        return FULL;
    }

    /** Weight among verifiers that it adds by new keys, in thousandths. */
    default int addedVerifiers() {
        return 0;
    }
}
