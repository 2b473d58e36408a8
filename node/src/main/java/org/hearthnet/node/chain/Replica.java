package org.hearthnet.node.chain;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.light.ProvenRecord;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.ledger.store.PastReader;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.tree.PathRange;

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

    /** Proves a record of the state after the last block, or that there is none. */
    ProvenRecord prove(Bytes key);

    /**
     * The state after {@code block} from {@code from} on, with proofs.
     *
     * @throws StoreException of the reason {@code GONE} if it is not here
     */
    PastReader.ProvenRange state(Hash32 block, Hash32 from, PathRange within, int targetBytes);

    /** The first height of which the state is here. */
    long oldestState();

    /** A header other than that of genesis with the committees that it names, if there is one. */
    Optional<TrustStep> step(long height);

    /** The same by the block's hash. */
    Optional<TrustStep> step(Hash32 block);

    /** Adds the next block; the reason if it is not valid. A block that is there already is no error. */
    Optional<String> append(SealedBlock block);
}
