package org.hearthnet.ledger.finality;

import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Block;

/**
 * A block with the proof that it is final.
 *
 * @param block the block
 * @param certificate its finalization
 */
public record SealedBlock(Block block, Certificate certificate) {
    /** Domain and encoding. */
    public static final Kind<SealedBlock> KIND = Kind.of("hearth/sealed-block/1", SealedBlock.class);

    /** The height. */
    public long height() {
        return block.height();
    }

    /** The block's hash. */
    public Hash32 hash() {
        return block.hash();
    }

    /** Header and certificate. */
    public SealedHeader header() {
        return new SealedHeader(block.header(), certificate);
    }
}
