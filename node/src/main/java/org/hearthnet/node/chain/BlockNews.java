package org.hearthnet.node.chain;

import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;

/** What is gossiped of a new block. */
public sealed interface BlockNews {
    /** The block itself. */
    @Tag(0)
    record Whole(SealedBlock block) implements BlockNews {}

    /** Only its header, for a block too large for a message: who wants it asks for it. */
    @Tag(1)
    record Header(SealedHeader header) implements BlockNews {}
}
