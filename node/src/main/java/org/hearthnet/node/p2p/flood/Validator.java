package org.hearthnet.node.p2p.flood;

import org.hearthnet.node.p2p.PeerId;

/**
 * Judges the messages of a topic. Called once for each message, after its signature was checked and before anyone else
 * hears of it, on the thread of the neighbour that sent it: taking long slows that neighbour only.
 */
@FunctionalInterface
public interface Validator {
    /** What to do with a message. */
    enum Verdict {
        /** Deliver and forward it. */
        ACCEPT,
        /** Drop it; a neighbour that sends many of these is disconnected. */
        REJECT,
        /** Drop it without blame. */
        IGNORE
    }

    Verdict validate(FloodMessage message, PeerId from);
}
