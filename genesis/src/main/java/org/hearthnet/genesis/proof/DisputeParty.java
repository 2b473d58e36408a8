package org.hearthnet.genesis.proof;

/** The two sides of a dispute. */
public enum DisputeParty {
    /** Who made the receipt; shows what it committed to. */
    EXECUTOR,
    /** Who found it wrong; picks where to look and proves the error. */
    CHALLENGER
}
