package org.hearthnet.node.chain;

import static org.hearthnet.node.chain.TestNet.PROPOSER;
import static org.hearthnet.node.chain.TestNet.RICH;
import static org.hearthnet.node.chain.TestNet.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.node.chain.SyncMessages.Blocks;
import org.hearthnet.node.chain.SyncMessages.Hello;
import org.hearthnet.node.chain.SyncMessages.Range;
import org.hearthnet.node.chain.SyncMessages.Refusal;
import org.hearthnet.node.chain.SyncMessages.Request;
import org.hearthnet.node.chain.SyncMessages.Response;
import org.hearthnet.node.chain.SyncMessages.Tip;
import org.hearthnet.node.chain.TestNet.Node;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.RequestResponse;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one victim does with a peer that says whatever it likes. */
class HostilePeerTest {
    private final ChainSpec spec = TestNet.spec("hostile-peer-test", 50);
    private final TestNet net = new TestNet();
    private final KeyPair attackerKey = SampleTransactions.key(66);

    // A private chain by the true proposer: blocks for the attacker to show and to twist.
    private final Chain truth = Chain.open(spec, new MemoryStore());
    private Node victim;
    private Libp2pHost attacker;

    @BeforeEach
    void start() throws IOException {
        victim = net.add(spec, SampleTransactions.key(1));
        attacker = Libp2pHost.start(HostConfig.of(Peers.identity(attackerKey), List.of(TestNet.loopback())));
    }

    @AfterEach
    void close() {
        attacker.close();
        net.close();
    }

    private SealedBlock nextBlock(List<SignedTransaction> transactions) {
        SealedBlock block = sealed(
                truth.build(PROPOSER, 0, truth.tip().timeMs() + 1, transactions).block());
        assertInstanceOf(Chain.Appended.Accepted.class, truth.tryAppend(block));
        return block;
    }

    private SealedBlock sealed(Block block) {
        return SealedBlock.bySoleMember(PROPOSER, spec.id(), block);
    }

    private static Block signedBy(KeyPair key, ChainSpec spec, BlockHeader header, Block body) {
        return new Block(header, BlockHeader.KIND.sign(key, spec.id(), header), body.transactions());
    }

    private static BlockHeader withStateRoot(BlockHeader h, Hash32 root) {
        return new BlockHeader(
                h.height(),
                h.view(),
                h.parent(),
                h.timeMs(),
                h.transactionsRoot(),
                root,
                h.committees(),
                h.beaconProof(),
                h.beacon(),
                h.proposer());
    }

    /** The attacker's answers to everything that the victim asks. */
    private void serve(Response tip, Response blocks) {
        RequestResponse.serve(
                attacker,
                SyncServer.protocol(spec.id()),
                ProtocolLimits.DEFAULT,
                SyncMessages.MAX_REQUEST_BYTES,
                Duration.ofSeconds(10),
                (peer, bytes) -> SyncMessages.RESPONSE.encode(
                        switch (SyncMessages.REQUEST.decode(bytes)) {
                            case Hello hello -> tip;
                            case Range range -> blocks;
                            case SyncMessages.Prove prove -> new Refusal("not here");
                            case SyncMessages.Steps steps -> new Refusal("not here");
                            case SyncMessages.StepOf of -> new Refusal("not here");
                        }));
    }

    private void serveTruth() {
        serve(new Tip(spec.id(), header(0)), new Blocks(List.of()));
    }

    private SealedHeader header(long height) {
        return truth.store().header(height).orElseThrow();
    }

    private void dial() throws P2pException {
        attacker.dial(victim.address(), Deadline.in(Duration.ofSeconds(20)));
    }

    private void isDropped() throws InterruptedException {
        await("the attacker is banned", () -> !victim.policy.allows(attacker.id()));
        await("and finds the door closed", () -> {
            try {
                dial();
                attacker.ping(victim.host.id(), Deadline.in(Duration.ofSeconds(20)));
                return false;
            } catch (P2pException e) {
                return true;
            }
        });
        await("and is gone", () -> victim.host.connection(attacker.id()).isEmpty());
    }

    private Response ask(Request request) throws P2pException {
        return SyncMessages.RESPONSE.decode(RequestResponse.call(
                attacker,
                victim.host.id(),
                SyncServer.protocol(spec.id()),
                SyncMessages.REQUEST.encode(request),
                SyncMessages.MAX_RESPONSE_BYTES,
                Deadline.in(Duration.ofSeconds(20))));
    }

    @Test
    void an_honest_peer_is_kept_and_its_blocks_are_taken() throws Exception {
        SealedBlock one = nextBlock(List.of());
        serve(new Tip(spec.id(), header(1)), new Blocks(List.of(one)));
        dial();
        await("the block", () -> victim.chain.height() == 1);
        assertTrue(victim.policy.allows(attacker.id()));
    }

    @Test
    void a_node_of_another_network_is_dropped() throws Exception {
        ChainSpec other = TestNet.spec("another-network", 50);
        Node stranger = net.add(other, SampleTransactions.key(2));
        stranger.connect(victim);
        // Whoever is first drops the other, which then only sees a closed connection.
        await(
                "one drops the other",
                () -> !victim.policy.allows(stranger.host.id()) || !stranger.policy.allows(victim.host.id()));
        await("both part", () -> victim.host.connections().isEmpty());
    }

    @Test
    void one_that_only_claims_to_be_on_the_network_is_dropped() throws Exception {
        serve(new Tip(Hash32.ZERO, header(0)), new Blocks(List.of()));
        dial();
        isDropped();
    }

    @Test
    void a_height_that_the_committee_did_not_sign_is_a_lie() throws Exception {
        Block high = nextBlock(List.of()).block();
        serve(
                new Tip(
                        spec.id(),
                        SealedBlock.bySoleMember(attackerKey, spec.id(), high).header()),
                new Blocks(List.of()));
        dial();
        isDropped();
        assertEquals(0, victim.chain.bestKnownHeight());
    }

    @Test
    void a_forged_block_is_refused() throws Exception {
        SealedBlock one = nextBlock(List.of());
        BlockHeader h = one.block().header();
        BlockHeader mine = new BlockHeader(
                1,
                0,
                h.parent(),
                h.timeMs(),
                h.transactionsRoot(),
                h.stateRoot(),
                h.committees(),
                h.beaconProof(),
                h.beacon(),
                attackerKey.id());
        // What one block's certificate says is nothing about another.
        SealedBlock forged = new SealedBlock(signedBy(attackerKey, spec, mine, one.block()), one.certificate());
        serve(new Tip(spec.id(), header(1)), new Blocks(List.of(forged)));
        dial();
        isDropped();
        assertEquals(0, victim.chain.height());
    }

    @Test
    void a_block_with_other_transactions_than_its_header_says_is_refused() throws Exception {
        SealedBlock one = nextBlock(List.of());
        SignedTransaction extra = SampleTransactions.transfer(RICH, 0, 100, 5);
        Block stuffed = new Block(one.block().header(), one.block().signature(), List.of(extra));
        serve(new Tip(spec.id(), header(1)), new Blocks(List.of(new SealedBlock(stuffed, one.certificate()))));
        dial();
        isDropped();
        assertEquals(0, victim.chain.height());
    }

    @Test
    void even_a_final_block_must_follow_the_rules() throws Exception {
        SealedBlock one = nextBlock(List.of());
        BlockHeader other = withStateRoot(one.block().header(), Hash32.ZERO);
        SealedBlock wrong = sealed(signedBy(PROPOSER, spec, other, one.block()));
        serve(new Tip(spec.id(), wrong.header()), new Blocks(List.of(wrong)));
        dial();
        isDropped();
        assertEquals(0, victim.chain.height());
    }

    @Test
    void blocks_that_were_not_asked_for_are_refused() throws Exception {
        SealedBlock one = nextBlock(List.of());
        SealedBlock two = nextBlock(List.of());
        serve(new Tip(spec.id(), header(1)), new Blocks(List.of(one, two)));
        dial();
        isDropped();
    }

    @Test
    void malformed_and_oversized_messages_are_refused() throws Exception {
        serveTruth();
        dial();
        byte[] oversized = new byte[SyncMessages.MAX_REQUEST_BYTES + 1];
        assertThrows(P2pException.class, () -> call(oversized));
        assertThrows(P2pException.class, () -> call(new byte[] {9, 9, 9}));
        isDropped();
    }

    private byte[] call(byte[] request) throws P2pException {
        return RequestResponse.call(
                attacker,
                victim.host.id(),
                SyncServer.protocol(spec.id()),
                request,
                1 << 20,
                Deadline.in(Duration.ofSeconds(20)));
    }

    @Test
    void a_senseless_range_is_refused() throws Exception {
        serveTruth();
        dial();
        assertEquals(new Blocks(List.of()), ask(new Range(1, 64)));
        assertThrows(P2pException.class, () -> ask(new Range(1, 65)));
        isDropped();
    }

    @Test
    void who_asks_without_end_gets_no_answers_for_a_while() throws Exception {
        serveTruth();
        dial();
        Optional<Response> refusal = Optional.empty();
        for (int i = 0; i < 2_000 && refusal.isEmpty(); i++) {
            refusal = Optional.of(ask(new Range(1, 1))).filter(r -> r instanceof Refusal);
        }
        assertTrue(refusal.isPresent());
        assertTrue(victim.policy.allows(attacker.id()), "an eager peer is no enemy");
    }

    @Test
    void forged_gossip_drops_whoever_passes_it_on() throws Exception {
        serveTruth();
        try (GossipsubService pubsub = TestNet.pubsub(attacker, attackerKey, spec, new PeerPolicy(n -> false))) {
            dial();
            SealedBlock one = nextBlock(List.of());
            SealedBlock forged = SealedBlock.bySoleMember(attackerKey, spec.id(), one.block());
            await("neighbours", () -> pubsub.neighbours() == 1);
            pubsub.publish(Gossip.BLOCKS, Gossip.NEWS.encode(new BlockNews.Whole(forged)));
            isDropped();
        }
        assertEquals(0, victim.chain.height());
    }

    @Test
    void transactions_with_bad_signatures_drop_whoever_sends_many() throws Exception {
        serveTruth();
        try (GossipsubService pubsub = TestNet.pubsub(attacker, attackerKey, spec, new PeerPolicy(n -> false))) {
            dial();
            await("neighbours", () -> pubsub.neighbours() == 1);
            for (int i = 0; i < 40; i++) {
                // Signed for another network.
                pubsub.publish(
                        Gossip.TRANSACTIONS,
                        SampleTransactions.transfer(RICH, i, 100, 1).encode());
            }
            isDropped();
        }
        assertEquals(0, victim.chain.pooled());
    }

    @Test
    void replayed_gossip_changes_nothing() throws Exception {
        serveTruth();
        try (GossipsubService pubsub = TestNet.pubsub(attacker, attackerKey, spec, new PeerPolicy(n -> false))) {
            dial();
            await("neighbours", () -> pubsub.neighbours() == 1);
            SealedBlock one = nextBlock(List.of(signedForSpec(0)));
            byte[] news = Gossip.NEWS.encode(new BlockNews.Whole(one));
            for (int i = 0; i < 3; i++) {
                pubsub.publish(Gossip.BLOCKS, news);
                pubsub.publish(Gossip.TRANSACTIONS, signedForSpec(0).encode());
                pubsub.publish(Gossip.TRANSACTIONS, signedForSpec(1).encode());
            }
            pubsub.publish(
                    Gossip.TRANSACTIONS,
                    signedForSpec(SampleTransactions.key(5), 0).encode());
            pubsub.publish(Gossip.BLOCKS, Gossip.NEWS.encode(new BlockNews.Whole(nextBlock(List.of()))));
            await("the last block", () -> victim.chain.height() == 2);
            assertEquals(
                    1,
                    victim.chain.pooled(),
                    "the one that is not in a block; none of a sender who cannot pay the fee");
            assertEquals(1L, (long) victim.chain.read(v -> v.account(RICH.id()).nonce()));
            assertTrue(victim.policy.allows(attacker.id()));
        }
    }

    private SignedTransaction signedForSpec(long nonce) {
        return signedForSpec(RICH, nonce);
    }

    private SignedTransaction signedForSpec(KeyPair sender, long nonce) {
        var body = new org.hearthnet.ledger.block.TransactionBody.Transfer(
                new NodeId(Hash32.ZERO),
                org.hearthnet.genesis.primitive.Amount.of(3),
                org.hearthnet.genesis.primitive.Bytes.EMPTY);
        return new org.hearthnet.ledger.block.Transaction(
                        sender.id(), nonce, 100, org.hearthnet.genesis.primitive.Amount.of(1_000), body)
                .sign(sender, spec.id());
    }

    @Test
    void two_final_blocks_of_one_height_do_not_shake_a_node() throws Exception {
        SealedBlock one = nextBlock(List.of());
        serve(new Tip(spec.id(), header(1)), new Blocks(List.of(one)));
        dial();
        await("the block", () -> victim.chain.height() == 1);
        BlockHeader changed = withStateRoot(one.block().header(), Hash32.ZERO);
        Block other = signedBy(PROPOSER, spec, changed, one.block());
        ask(new Hello(spec.id(), sealed(other).header()));
        assertEquals(one.hash(), victim.chain.block(1).orElseThrow().hash());
        assertEquals(1, victim.chain.height());
    }

    @Test
    void a_banned_key_gets_no_connection() throws Exception {
        Chain ledger = Chain.open(spec, new MemoryStore());
        PeerPolicy strict = new PeerPolicy(attackerKey.id()::equals);
        HostConfig config = HostConfig.of(Peers.identity(SampleTransactions.key(9)), List.of(TestNet.loopback()))
                .withGate(strict::allows);
        try (Libp2pHost gated = Libp2pHost.start(config);
                ledger) {
            assertThrows(P2pException.class, () -> {
                attacker.dial(
                        gated.listenAddresses().getFirst().withPeer(gated.id()), Deadline.in(Duration.ofSeconds(20)));
                attacker.ping(gated.id(), Deadline.in(Duration.ofSeconds(20)));
            });
            assertTrue(gated.connections().isEmpty());
        }
    }
}
