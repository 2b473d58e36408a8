package org.hearthnet.node.chain;

import static org.hearthnet.node.chain.TestNet.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.node.chain.TestNet.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Committees of several nodes over real sockets. */
@Timeout(240)
class CommitteeTest {
    private static final int INTERVAL_MS = 100;

    private final TestNet net = new TestNet();
    private final List<KeyPair> keys =
            IntStream.range(40, 44).mapToObj(SampleTransactions::key).toList();
    private final ChainSpec spec = TestNet.spec("committee", INTERVAL_MS, Committee.ofEquals(keys));
    private final List<Node> nodes = new ArrayList<>();

    /** All members, in a chain: each is connected with the one before only. */
    private void startAll() throws Exception {
        for (KeyPair key : keys) {
            Node node = net.add(spec, key);
            if (!nodes.isEmpty()) {
                node.connect(nodes.getLast());
            }
            nodes.add(node);
        }
    }

    @AfterEach
    void close() {
        net.close();
    }

    private static long lowest(List<Node> nodes) {
        return nodes.stream().mapToLong(n -> n.chain.height()).min().orElse(0);
    }

    private static void agree(List<Node> nodes, long upTo) {
        for (long height = 1; height <= upTo; height++) {
            var expected = nodes.getFirst().chain.block(height).orElseThrow().hash();
            for (Node node : nodes) {
                assertEquals(expected, node.chain.block(height).orElseThrow().hash(), "block " + height);
            }
        }
    }

    @Test
    void four_members_take_turns_and_agree() throws Exception {
        startAll();
        await("blocks", () -> lowest(nodes) >= 12);
        agree(nodes, 12);
        long proposers = IntStream.rangeClosed(1, 12)
                .mapToObj(h ->
                        nodes.getFirst().chain.block(h).orElseThrow().header().proposer())
                .distinct()
                .count();
        assertEquals(4, proposers);
    }

    @Test
    void three_of_four_go_on_and_two_wait() throws Exception {
        startAll();
        await("blocks", () -> lowest(nodes) >= 3);
        net.remove(nodes.removeLast());
        long without = lowest(nodes);
        await("blocks of three", () -> lowest(nodes) >= without + 6);
        net.remove(nodes.removeLast());
        Thread.sleep(20 * INTERVAL_MS); // what was under way is decided
        long stopped = nodes.stream().mapToLong(n -> n.chain.height()).max().orElse(0);
        Thread.sleep(30 * INTERVAL_MS);
        assertTrue(nodes.stream().allMatch(n -> n.chain.height() <= stopped), "two of four decide nothing");
        Node back = net.add(spec, keys.get(2));
        back.connect(nodes.getLast());
        nodes.add(back);
        await("blocks of three again", () -> lowest(nodes) >= stopped + 4);
        agree(nodes, stopped + 4);
    }

    private static NodeId proposer(Node node, long height) {
        return node.chain.block(height).orElseThrow().header().proposer();
    }

    @Test
    void a_veteran_bonds_and_gets_a_seat_and_votes_with_a_new_key_in_every_epoch() throws Exception {
        KeyPair veteran = SampleTransactions.key(60);
        ChainSpec open = TestNet.spec(
                "seats",
                Committee.ofEquals(keys.subList(0, 3)),
                Map.of("blockIntervalMs", "" + INTERVAL_MS, "committeeBond", "30", "seatCap", "1000"),
                new ChainSpec.Allocation(veteran.id(), "veteran", Amount.credits(100), Amount.ZERO, 3));
        for (KeyPair key : keys.subList(0, 3)) {
            Node node = net.add(open, key);
            if (!nodes.isEmpty()) {
                node.connect(nodes.getFirst());
            }
            nodes.add(node);
        }
        Node newcomer = net.add(open, veteran, new MemoryStore(), true, true);
        newcomer.connect(nodes.getFirst());
        nodes.add(newcomer);
        newcomer.chain.submit(new TransactionBody.Bond(Amount.credits(30)));
        await("a seat", newcomer.chain::hasSeat);
        long seated = newcomer.chain.height();
        await(
                "a block of the new member",
                () -> LongStream.rangeClosed(seated, newcomer.chain.height())
                        .anyMatch(h -> proposer(newcomer, h).equals(veteran.id())));
        await(
                "the others' seats",
                () -> newcomer.ledger
                                .committee(newcomer.chain.height() + 1)
                                .seats()
                                .size()
                        == 1);
        Committee last = newcomer.ledger.committee(newcomer.chain.height() + 1);
        assertEquals(veteran.id(), last.seat(0).node());
        assertTrue(!last.seat(0).vote().equals(veteran.id()), "not the account's own key");
        long common = lowest(nodes);
        await("all to follow the new member", () -> lowest(nodes) > common + 8);
        agree(nodes, common + 8);
    }

    @Test
    void a_node_without_a_seat_follows() throws Exception {
        startAll();
        Node follower = net.add(spec, SampleTransactions.key(50));
        follower.connect(nodes.getLast());
        await("blocks", () -> follower.chain.height() >= 5);
        assertTrue(!follower.chain.hasSeat());
        agree(List.of(nodes.getFirst(), follower), 5);
    }
}
