package org.hearthnet.node.chain;

import java.util.List;
import java.util.Optional;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;

/** This node's copy of the chain, as the follower needs it. Safe for several threads. */
interface Replica {
    /** Height of the last block. */
    long height();

    /** The last block's header. */
    SealedHeader tip();

    /** The header at {@code height}, if there is one. */
    Optional<SealedHeader> header(long height);

    /** Blocks from {@code from} on: at most {@code count}, and no further one after {@code targetBytes}. */
    List<SealedBlock> blocks(long from, int count, int targetBytes);

    /** Adds the next block; the reason if it is not valid. A block that is there already is no error. */
    Optional<String> append(SealedBlock block);
}
