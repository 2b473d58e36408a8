package org.hearthnet.ledger.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.finality.Certificate;
import org.junit.jupiter.api.Test;

/** What gets in. */
class MessageCheckTest {
    private static final Signature NONE = new Signature(Hash32.ZERO, Hash32.ZERO);
    private static final VrfProof NO_PROOF = new VrfProof(Bytes.of(new byte[VrfProof.BYTES]));
    private static final Committee COMMITTEE = Committee.ofEquals(
            List.of(TestNetwork.key("one"), TestNetwork.key("two"), TestNetwork.key("three"), TestNetwork.key("four")));
    private static final MessageCheck CHECK =
            new MessageCheck(COMMITTEE, (voter, ballot, signature) -> true, (voteKey, block) -> true);

    private static NodeId leader(int view) {
        return COMMITTEE.leader(8, view);
    }

    private static Block block(int view) {
        return new Block(
                new BlockHeader(
                        8,
                        view,
                        Hash32.ZERO,
                        1,
                        Hash32.ZERO,
                        Hash32.ZERO,
                        Hash32.ZERO,
                        NO_PROOF,
                        Hash32.ZERO,
                        leader(view)),
                NONE,
                List.of());
    }

    private static Message again(int view, int voters) {
        List<Certificate.Endorsement> endorsements = java.util.stream.IntStream.range(0, voters)
                .mapToObj(seat -> new Certificate.Endorsement(seat, NONE))
                .toList();
        Ballot ballot = Ballot.notarize(8, 0, block(0).hash());
        return new Message.Proposal(view, block(0), Optional.of(new Certificate(ballot, endorsements)));
    }

    @Test
    void onlyTheLeaderOfAViewProposesInIt() {
        Message fresh = new Message.Proposal(0, block(0), Optional.empty());
        assertEquals(Optional.empty(), CHECK.problem(leader(0), fresh));
        assertTrue(CHECK.problem(leader(1), fresh).isPresent());
        assertEquals(Optional.empty(), CHECK.problem(leader(1), again(1, 3)));
        assertTrue(CHECK.problem(leader(0), again(1, 3)).isPresent(), "it made the block, but view 1 is another's");
    }

    @Test
    void anOldBlockNeedsItsNotarization() {
        assertTrue(CHECK.problem(leader(1), new Message.Proposal(1, block(0), Optional.empty()))
                .isPresent());
        assertTrue(CHECK.problem(leader(1), again(1, 2)).isPresent(), "two of four are no quorum");
        assertTrue(CHECK.problem(leader(0), again(0, 3)).isPresent(), "not later than its notarization");
    }

    @Test
    void strangersAreNotHeard() {
        KeyPair stranger = TestNetwork.key("stranger");
        assertTrue(CHECK.problem(stranger.id(), new Message.Status(8, 0, 0)).isPresent());
    }
}
