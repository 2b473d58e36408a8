package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedHeader;
import org.hearthnet.ledger.block.TransactionBody.ReportDoubleBlock;
import org.hearthnet.ledger.block.TransactionBody.ReportDoubleVote;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.LedgerEvent;
import org.junit.jupiter.api.Test;

/** Members that vote for two things at one place lose their bond; nobody else does. */
class DoubleVoteTest {
    private final TestNetwork net = TestNetwork.start(
            TestNetwork.spec(TestNetwork.parameters(), TestNetwork.allocation("proposer", 100, 3000, 5)));
    private final KeyPair client = TestNetwork.key("client");
    private final KeyPair member = TestNetwork.key("proposer");

    private Vote vote(KeyPair who, Ballot ballot) {
        return new Vote(ballot, who.id(), Ballot.KIND.sign(who, net.id(), ballot));
    }

    private static Hash32 block(int number) {
        return Hashing.in("test-block").add(number).finish();
    }

    @Test
    void twoNotarizationsOfOneViewConvict() {
        net.apply(
                client,
                new ReportDoubleVote(
                        vote(member, Ballot.notarize(7, 1, block(1))), vote(member, Ballot.notarize(7, 1, block(2)))));
        Conviction c = net.event(LedgerEvent.Convicted.class).orElseThrow().conviction();
        assertEquals(member.id(), c.node());
        assertEquals(Conviction.DOUBLE_VOTE, c.operation());
        assertEquals(Amount.credits(3000), c.bond());
        assertEquals(Amount.ZERO, net.account(member).stake().bond());
    }

    @Test
    void nullifyingAndFinalizingConvictsOnceAHeight() {
        var first = new ReportDoubleVote(
                vote(member, Ballot.nullify(7, 1)), vote(member, Ballot.finalizing(7, 1, block(1))));
        net.apply(client, first);
        var again = new ReportDoubleVote(
                vote(member, Ballot.nullify(7, 2)), vote(member, Ballot.finalizing(7, 2, block(1))));
        assertTrue(net.refused(client, again).contains("before"));
    }

    @Test
    void votesThatDoNotContradictConvictNobody() {
        var honest =
                new ReportDoubleVote(vote(member, Ballot.notarize(7, 1, block(1))), vote(member, Ballot.nullify(7, 1)));
        assertTrue(net.refused(client, honest).contains("no two"));
        var views = new ReportDoubleVote(
                vote(member, Ballot.notarize(7, 1, block(1))), vote(member, Ballot.notarize(7, 2, block(2))));
        assertTrue(net.refused(client, views).contains("no two"));
        var twoKeys = new ReportDoubleVote(
                vote(member, Ballot.notarize(7, 1, block(1))), vote(client, Ballot.notarize(7, 1, block(2))));
        assertTrue(net.refused(client, twoKeys).contains("no two"));
    }

    @Test
    void aForgedVoteConvictsNobody() {
        Ballot second = Ballot.notarize(7, 1, block(2));
        var forged = new ReportDoubleVote(
                vote(member, Ballot.notarize(7, 1, block(1))),
                new Vote(second, member.id(), Ballot.KIND.sign(client, net.id(), second)));
        assertTrue(net.refused(client, forged).contains("no two"));
    }

    @Test
    void whoHasNoSeatCannotBeConvicted() {
        KeyPair veteran = TestNetwork.key("veteran");
        var report = new ReportDoubleVote(
                vote(veteran, Ballot.notarize(7, 1, block(1))), vote(veteran, Ballot.notarize(7, 1, block(2))));
        assertTrue(net.refused(client, report).contains("of one seat"));
        var far = new ReportDoubleVote(
                vote(member, Ballot.notarize(29, 1, block(1))), vote(member, Ballot.notarize(29, 1, block(2))));
        assertTrue(net.refused(client, far).contains("too far"));
    }

    private SignedHeader header(KeyPair maker, int view, Hash32 stateRoot) {
        BlockHeader tip = net.chain().tip();
        BlockHeader header = new BlockHeader(
                9,
                view,
                tip.hash(),
                5,
                Hash32.ZERO,
                stateRoot,
                tip.committees(),
                tip.beaconProof(),
                tip.beacon(),
                maker.id());
        return new SignedHeader(header, BlockHeader.KIND.sign(maker, net.id(), header));
    }

    @Test
    void twoBlocksOfOneViewConvict() {
        SignedHeader one = header(member, 1, block(1));
        assertTrue(net.refused(client, new ReportDoubleBlock(one, one)).contains("no two"));
        assertTrue(net.refused(client, new ReportDoubleBlock(one, header(member, 2, block(2))))
                .contains("no two"));
        net.apply(client, new ReportDoubleBlock(one, header(member, 1, block(2))));
        assertEquals(
                member.id(),
                net.event(LedgerEvent.Convicted.class)
                        .orElseThrow()
                        .conviction()
                        .node());
    }
}
