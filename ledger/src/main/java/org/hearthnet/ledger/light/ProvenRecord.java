package org.hearthnet.ledger.light;

import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.tree.StateProof;

/**
 * A record of the state, or its absence, with everything that proves it.
 *
 * @param header the block after which it is so
 * @param proof good against the header's state root
 */
public record ProvenRecord(SealedHeader header, StateProof proof) {}
