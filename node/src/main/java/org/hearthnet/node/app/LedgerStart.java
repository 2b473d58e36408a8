package org.hearthnet.node.app;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * How a ledger begins that has no blocks yet.
 *
 * @param snapshot with the state of a recent block instead of with genesis
 * @param checkpoint hash of the block from which on the committees are followed to that block; genesis if there is none
 */
public record LedgerStart(boolean snapshot, Optional<Hash32> checkpoint) {
    /** With genesis: every block is fetched and checked. */
    public static final LedgerStart FULL = new LedgerStart(false, Optional.empty());
}
