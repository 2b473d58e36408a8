package org.hearthnet.ledger.finality;

import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;

/**
 * A block with the proof that it is final.
 *
 * @param block the block
 * @param certificate its finalization
 */
public record SealedBlock(Block block, Certificate certificate) {
    /** Seals a block where {@code member} is the whole committee. */
    public static SealedBlock bySoleMember(KeyPair member, Hash32 network, Block block) {
        Ballot ballot = Ballot.finalizing(block.height(), block.header().view(), block.hash());
        var endorsement = new Certificate.Endorsement(0, Ballot.KIND.sign(member, network, ballot));
        return new SealedBlock(block, new Certificate(ballot, List.of(endorsement)));
    }

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
