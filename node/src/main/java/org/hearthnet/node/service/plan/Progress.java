package org.hearthnet.node.service.plan;

/** How far this process is with a step. After a restart nothing is known, and everything begins anew. */
public sealed interface Progress {
    /** Somebody works on it. */
    record Running() implements Progress {}

    /** Its transaction is on the way. */
    record Posted() implements Progress {}

    /**
     * It did not work out.
     *
     * @param height at which height that was
     * @param why why
     */
    record Failed(long height, Why why) implements Progress {}

    /** Why a step failed. */
    enum Why {
        /** The executor did not serve inputs that fit its receipt; it may yet. */
        UNSERVED,
        /** It served inputs for which there can be no right receipt; asking again is of no use. */
        UNSERVABLE,
        /** A trouble of this node, which says nothing about the executor. */
        INTERNAL
    }
}
