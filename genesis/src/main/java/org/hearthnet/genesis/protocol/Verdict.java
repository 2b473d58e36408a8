package org.hearthnet.genesis.protocol;

/** What a verifier found after re-executing a stage. */
public enum Verdict {
    /** Its own trace and output roots equal the receipt's. */
    AGREE,
    /** They differ: the receipt is wrong, or the verifier is. */
    DIFFER,
    /** The executor did not serve inputs that fit the receipt's signed input root. */
    NOT_SERVED
}
