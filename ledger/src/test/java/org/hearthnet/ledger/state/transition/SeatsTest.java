package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Withholding;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SeatKeys;
import org.hearthnet.ledger.CommitteeNetwork;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.TransactionBody.Bond;
import org.hearthnet.ledger.block.TransactionBody.RegisterSeatKeys;
import org.hearthnet.ledger.block.TransactionBody.ReportDoubleVote;
import org.hearthnet.ledger.block.TransactionBody.Unbond;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.light.LightClient;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.ledger.state.LedgerEvent;
import org.junit.jupiter.api.Test;

/** Seats by bond on a chain whose blocks are made and sealed by the members of its committees. */
class SeatsTest {
    private static final int EPOCH = TestNetwork.parameters().epochBlocks();

    private static KeyPair veteran(int i) {
        return TestNetwork.key("v" + i);
    }

    private static ChainSpec spec(long committeeBond, int cap, int veterans) {
        return CommitteeNetwork.spec(
                committeeBond,
                cap,
                IntStream.range(0, veterans)
                        .mapToObj(i -> TestNetwork.allocation("v" + i, 1000, 1000, 20))
                        .toArray(ChainSpec.Allocation[]::new));
    }

    private static List<NodeId> members(Committee committee) {
        return committee.seats().stream().map(Committee.Seat::node).toList();
    }

    @Test
    void aVeteranThatRegistersTakesTheSeatsOverAndALightClientFollows() {
        CommitteeNetwork net = new CommitteeNetwork(spec(500, 1000, 1));
        NodeId genesis = net.committee(1).seat(0).node();
        for (int epoch = 0; epoch < 8; epoch++) {
            net.attend(veteran(0));
            net.nextEpoch();
        }
        assertEquals(List.of(veteran(0).id()), members(net.committee(net.chain().height() + 1)));
        assertTrue(net.count(LedgerEvent.SeatsOpened.class) == 1 && net.count(LedgerEvent.SeatTaken.class) == 1);
        LightClient client = LightClient.fromGenesis(net.chain().rules().spec());
        while (client.nextHeight() <= net.chain().height()) {
            long height = client.nextHeight();
            client.advance(new TrustStep(
                    net.chain().store().header(height).orElseThrow(),
                    net.chain().committees(height)));
        }
        assertTrue(client.canCheck(net.chain().height()));
        assertNotEquals(genesis, net.chain().tip().proposer());
    }

    @Test
    void genesisStaysUntilTheBondsSuffice() {
        CommitteeNetwork net = new CommitteeNetwork(spec(3000, 400, 3));
        NodeId genesis = net.committee(1).seat(0).node();
        for (int epoch = 0; epoch < 4; epoch++) {
            net.attend(veteran(0));
            net.attend(veteran(1));
            net.nextEpoch();
        }
        assertEquals(List.of(genesis), members(net.committee(net.chain().height() + 2L * EPOCH)));
        net.submit(veteran(0), new Bond(Amount.credits(900)));
        for (int epoch = 0; epoch < 2; epoch++) {
            IntStream.range(0, 3).forEach(i -> net.attend(veteran(i)));
            net.nextEpoch();
        }
        assertEquals(1, net.count(LedgerEvent.SeatsOpened.class), "1200 (the cap) + 1000 + 1000");
    }

    @Test
    void keysChangeWithEveryEpochAndOldOnesConvictNobody() {
        CommitteeNetwork net = new CommitteeNetwork(spec(1_000_000, 1000, 0));
        KeyPair member = net.genesisMember();
        for (int epoch = 0; epoch < 5; epoch++) {
            net.attend(member);
            net.nextEpoch();
        }
        var keys = new TreeSet<NodeId>();
        for (long epoch = 0; epoch <= 7; epoch++) {
            keys.add(net.committee(epoch * EPOCH).seat(0).vote());
        }
        assertEquals(6, keys.size(), "the account's for three epochs, then a new one in each");
        long height = net.chain().height();
        KeyPair client = TestNetwork.key("client");
        var stolen = new ReportDoubleVote(
                vote(net, member, member, Ballot.nullify(height, 0)),
                vote(net, member, member, Ballot.finalizing(height, 0, net.id())));
        assertTrue(net.refused(client, stolen).contains("of one seat"), "the account's key votes no more");
        KeyPair now = net.voteKey(height, member);
        var real = new ReportDoubleVote(
                vote(net, member, now, Ballot.nullify(height, 0)),
                vote(net, member, now, Ballot.finalizing(height, 0, net.id())));
        net.submit(client, real);
        net.accepted();
        assertEquals(1, net.count(LedgerEvent.Convicted.class));
    }

    private static Vote vote(CommitteeNetwork net, KeyPair voter, KeyPair with, Ballot ballot) {
        return new Vote(ballot, voter.id(), Ballot.KIND.sign(with, net.id(), ballot));
    }

    @Test
    void keysAreRegisteredByFewOnceAnEpochAndOnlyOwnOnes() {
        CommitteeNetwork net = new CommitteeNetwork(spec(1_000_000, 1000, 1));
        KeyPair client = TestNetwork.key("client");
        assertTrue(net.refused(client, net.registration(client, TestNetwork.key("w")))
                .contains("veterans"));
        KeyPair vote = TestNetwork.key("vote");
        var stolen = new RegisterSeatKeys(
                0,
                new SeatKeys(
                        SeatKeys.of(veteran(0), vote).vrf(),
                        TestNetwork.key("another").id()),
                SeatKeys.prove(veteran(0), vote, net.id()));
        assertTrue(net.refused(veteran(0), stolen).contains("holds these keys"));
        Amount before = net.account(veteran(0)).balance();
        net.submit(veteran(0), net.registration(veteran(0), vote));
        net.accepted();
        assertEquals(before, net.account(veteran(0)).balance(), "free of the fee");
        assertTrue(net.refused(veteran(0), net.registration(veteran(0), vote)).contains("already"));
    }

    @Test
    void whoLetsTurnsPassLosesReputationAndSeatButNoBond() {
        CommitteeNetwork net = new CommitteeNetwork(spec(1000, 1000, 4));
        for (int epoch = 0; epoch < 9; epoch++) {
            IntStream.range(0, 4).forEach(i -> net.attend(veteran(i)));
            net.nextEpoch();
        }
        assertEquals(4, net.committee(net.chain().height() + 1).seats().size());
        NodeId withholder = veteran(2).id();
        Amount bond = net.account(veteran(2)).stake().bond();
        net.withhold(withholder);
        int free = Withholding.freeTurns(EPOCH, 4);
        assertTrue(EPOCH / 4 > free, "an epoch has more turns than are free");
        for (int epoch = 0; epoch < 3; epoch++) {
            IntStream.range(0, 4).forEach(i -> net.attend(veteran(i)));
            net.nextEpoch();
        }
        assertTrue(net.committee(net.chain().height() + 2L * EPOCH)
                .find(withholder)
                .isEmpty());
        assertTrue(net.account(veteran(2)).standing().reputation() < 20);
        assertEquals(bond, net.account(veteran(2)).stake().bond());
        for (int i : new int[] {0, 1, 3}) {
            assertEquals(20, net.account(veteran(i)).standing().reputation());
        }
    }

    @Test
    void oneMissedTurnIsFree() {
        CommitteeNetwork net = new CommitteeNetwork(spec(1000, 1000, 4));
        for (int epoch = 0; epoch < 9; epoch++) {
            IntStream.range(0, 4).forEach(i -> net.attend(veteran(i)));
            net.nextEpoch();
        }
        long height = net.chain().height() + 1;
        NodeId next = net.committee(height).leader(height, 0);
        net.withhold(next);
        IntStream.range(0, 4).forEach(i -> net.attend(veteran(i)));
        net.block();
        net.withhold(net.genesisMember().id());
        net.nextEpoch();
        assertEquals(0, net.count(LedgerEvent.TurnsMissed.class));
        assertTrue(net.committee(net.chain().height() + 2L * EPOCH).find(next).isPresent());
    }

    @Test
    void randomHistoriesKeepTheCommitteeAliveAndTheSupplyUntouched() {
        long seed = Long.getLong("hearth.seed", System.nanoTime());
        System.out.println("SeatsTest seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 3; run++) {
            history(
                    new CommitteeNetwork(spec(random.nextInt(4000), random.nextInt(1, 1001), 6)),
                    random,
                    "seed " + seed);
        }
    }

    private static void history(CommitteeNetwork net, Random random, String where) {
        for (int epoch = 0; epoch < 12; epoch++) {
            for (int i = 0; i < 6; i++) {
                if (random.nextInt(4) > 0) {
                    net.attend(veteran(i));
                }
                if (random.nextInt(4) == 0) {
                    Amount some = Amount.credits(random.nextLong(1, 300));
                    net.submit(veteran(i), random.nextBoolean() ? new Bond(some) : new Unbond(some));
                }
            }
            if (random.nextInt(5) == 0) {
                contradict(net, veteran(random.nextInt(6)));
            }
            net.withhold(
                    random.nextInt(3) == 0
                            ? veteran(random.nextInt(6)).id()
                            : net.genesisMember().id());
            net.nextEpoch(); // checks roots, committees and supply after every block
            Committee last = net.committee(net.chain().height() + 2L * EPOCH);
            for (Committee.Seat seat : last.seats()) {
                boolean disgraced = net.standing(seat.node()).convictions() > 0
                        && net.standing(seat.node()).reputation() < 6
                        && last.seats().size() > 1;
                assertFalse(disgraced, where);
            }
        }
        assertEquals(Optional.empty(), net.replay(), where);
    }

    private static void contradict(CommitteeNetwork net, KeyPair member) {
        long height = net.chain().height() + 1;
        if (net.committee(height).find(member.id()).isPresent()) {
            KeyPair key = net.voteKey(height, member);
            net.submit(
                    TestNetwork.key("client"),
                    new ReportDoubleVote(
                            vote(net, member, key, Ballot.nullify(height, 0)),
                            vote(net, member, key, Ballot.finalizing(height, 0, net.id()))));
        }
    }
}
