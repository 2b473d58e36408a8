package org.hearthnet.ledger.block;

import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * What a block commits to.
 *
 * @param height 0 for genesis
 * @param view attempt at this height in which the block was made, from 0; says who was due to make it
 * @param parent hash of the header before; {@link Hash32#ZERO} for genesis
 * @param timeMs the proposer's clock, milliseconds since 1970; later than the parent's
 * @param transactionsRoot Merkle root over the signed transactions' hashes
 * @param stateRoot root of the state after the block
 * @param beaconProof the proposer's proof that makes the beacon, see {@link Beacon}
 * @param beacon random value that did not exist before this block
 * @param proposer who made the block: the leader of the view
 */
public record BlockHeader(
        long height,
        int view,
        Hash32 parent,
        long timeMs,
        Hash32 transactionsRoot,
        Hash32 stateRoot,
        VrfProof beaconProof,
        Hash32 beacon,
        NodeId proposer) {
    /** Domain and encoding. */
    public static final Kind<BlockHeader> KIND = Kind.of("hearth/block-header/1", BlockHeader.class);

    /** Checks the numbers. */
    public BlockHeader {
        if (height < 0 || view < 0) {
            throw new IllegalArgumentException("negative height or view");
        }
    }

    /** The hash that names the block. */
    public Hash32 hash() {
        return KIND.hash(this);
    }
}
