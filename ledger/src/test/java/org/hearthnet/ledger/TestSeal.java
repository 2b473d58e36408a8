package org.hearthnet.ledger;

import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.Ballot;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.Vote;

/** Makes blocks final in networks whose committee is one key. */
public final class TestSeal {
    private TestSeal() {}

    /** The block with the certificate of its only voter. */
    public static SealedBlock seal(KeyPair voter, Hash32 network, Block block) {
        Ballot ballot = Ballot.finalizing(block.height(), block.header().view(), block.hash());
        Vote vote = new Vote(ballot, voter.id(), Ballot.KIND.sign(voter, network, ballot));
        return new SealedBlock(block, Certificate.of(Committee.single(voter.id()), ballot, List.of(vote)));
    }
}
