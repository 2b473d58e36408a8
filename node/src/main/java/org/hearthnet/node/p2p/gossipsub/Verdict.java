package org.hearthnet.node.p2p.gossipsub;

/** What becomes of a message (gossipsub v1.1, Extended Validators). */
public enum Verdict {
    /** Deliver and forward it. */
    ACCEPT,
    /** Drop it; who passed it on is blamed, P4. */
    REJECT,
    /** Drop it without blame. */
    IGNORE,
    /** It could not be looked at now: forget that it came, so that another copy has its chance. */
    THROTTLE
}
