package org.hearthnet.node.chain;

import static org.hearthnet.node.chain.TestNet.PROPOSER;
import static org.hearthnet.node.chain.TestNet.RICH;
import static org.hearthnet.node.chain.TestNet.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.TransactionBody.FaucetClaim;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.node.chain.TestNet.Node;
import org.hearthnet.node.chain.TransactionOutcome.Included;
import org.hearthnet.node.chain.TransactionOutcome.Rejected;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChainServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChainSpec spec = TestNet.spec("chain-service-test", 50);
    private final TestNet net = new TestNet();
    private final KeyPair bob = SampleTransactions.key(1);

    @AfterEach
    void close() {
        net.close();
    }

    private static Transfer pay(KeyPair to, long credits) {
        return new Transfer(to.id(), Amount.credits(credits), Bytes.EMPTY);
    }

    private static Amount balance(Node node, KeyPair of) {
        return node.chain.read(v -> v.account(of.id()).balance());
    }

    private static Included included(TransactionOutcome outcome) {
        return assertInstanceOf(Included.class, outcome);
    }

    private static Hash32 hash(Node node, long height) {
        return node.chain.block(height).orElseThrow().hash();
    }

    @Test
    void blocks_flow_and_a_late_node_catches_up_from_several_peers() throws Exception {
        Node proposer = net.add(spec, PROPOSER);
        Node second = net.add(spec, bob);
        second.connect(proposer);
        await("300 blocks", () -> second.chain.height() >= 300);
        Node late = net.add(spec, SampleTransactions.key(2));
        late.connect(proposer);
        late.connect(second);
        await("the late node catches up", () -> late.chain.height() >= 300);
        // More than the window of one plan, so ranges of several requests were put together.
        for (long height : List.of(1L, 64L, 65L, 300L)) {
            assertEquals(hash(proposer, height), hash(late, height));
        }
        await("and follows", () -> late.chain.height() >= proposer.chain.height() - 1);
    }

    @Test
    void a_transaction_from_any_node_gets_included_and_listeners_see_every_block_in_order() throws Exception {
        Node proposer = net.add(spec, PROPOSER);
        Node middle = net.add(spec, bob);
        Node far = net.add(spec, RICH);
        List<Long> heights = Collections.synchronizedList(new ArrayList<>());
        far.chain.addListener((block, events) -> heights.add(block.height()));
        middle.connect(proposer);
        far.connect(middle);
        List<Hash32> handles = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            handles.add(far.chain.submit(pay(bob, 1)));
        }
        for (Hash32 handle : handles) {
            Included done = included(far.chain.await(handle, PATIENCE));
            assertTrue(done.events().stream().anyMatch(e -> e instanceof LedgerEvent.Transferred), "with its events");
        }
        assertEquals(Amount.credits(20), balance(far, bob));
        await(
                "the proposer's ledger says the same",
                () -> balance(proposer, bob).equals(Amount.credits(20)));
        // One who asks later learns it from the store.
        Hash32 last = included(far.chain.await(handles.getLast(), PATIENCE)).id();
        await("the middle node has it", () -> middle.chain.transaction(last).isPresent());
        assertEquals(List.of(), included(middle.chain.await(last, PATIENCE)).events());
        List<Long> seen = List.copyOf(heights);
        for (int i = 0; i < seen.size(); i++) {
            assertEquals(i + 1L, seen.get(i));
        }
    }

    @Test
    void what_the_ledger_refuses_is_rejected_with_its_reason() throws Exception {
        Node proposer = net.add(spec, PROPOSER);
        Node poor = net.add(spec, bob);
        poor.connect(proposer);
        Rejected no = assertInstanceOf(Rejected.class, poor.chain.submitAndAwait(pay(RICH, 5), PATIENCE));
        assertTrue(no.reason().contains("credits"), no.reason());
        included(poor.chain.submitAndAwait(new FaucetClaim(), PATIENCE));
        assertInstanceOf(Rejected.class, poor.chain.submitAndAwait(new FaucetClaim(), PATIENCE));
        included(poor.chain.submitAndAwait(pay(RICH, 5), PATIENCE));
        assertEquals(
                spec.parameters()
                        .faucetGrant()
                        .minus(Amount.credits(5))
                        .minus(spec.parameters().transactionFee()),
                balance(poor, bob));
    }

    @Test
    void transactions_signed_elsewhere_are_checked_sent_and_awaited() throws Exception {
        Node proposer = net.add(spec, PROPOSER);
        Node other = net.add(spec, bob);
        other.connect(proposer);
        SignedTransaction good = signed(RICH, 0, 4_000, spec.id());
        assertEquals(0, other.chain.nextNonce(RICH.id()));
        assertTrue(other.chain.submitSigned(good).isEmpty());
        included(other.chain.await(good.id(), PATIENCE));
        assertEquals(1, other.chain.nextNonce(RICH.id()));
        assertTrue(other.chain.submitSigned(good).orElseThrow().contains("used up"), "a replay");
        SignedTransaction foreign = signed(RICH, 1, 1_000, Hash32.ZERO);
        assertTrue(other.chain.submitSigned(foreign).orElseThrow().contains("signature"));
        SignedTransaction late = signed(RICH, 1, 0, spec.id());
        assertTrue(other.chain.submitSigned(late).orElseThrow().contains("expired"));
        SignedTransaction penniless = signed(SampleTransactions.key(77), 0, 1_000, spec.id());
        assertTrue(other.chain.submitSigned(penniless).orElseThrow().contains("credits"));
        // One that cannot be included yet, as a nonce is missing before it, expires.
        SignedTransaction gap = signed(RICH, 2, other.chain.height() + 5, spec.id());
        assertTrue(other.chain.submitSigned(gap).isEmpty());
        assertInstanceOf(Rejected.class, other.chain.await(gap.id(), PATIENCE));
    }

    private static SignedTransaction signed(KeyPair key, long nonce, long expiry, Hash32 network) {
        TransactionBody body = new Transfer(PROPOSER.id(), Amount.of(1), Bytes.EMPTY);
        return new Transaction(key.id(), nonce, expiry, Amount.of(1_000), body).sign(key, network);
    }

    @Test
    void waiting_ends_with_its_time_or_with_the_node() throws Exception {
        Node alone = net.add(spec, RICH);
        Hash32 handle = alone.chain.submit(pay(bob, 1));
        assertInstanceOf(TransactionOutcome.TimedOut.class, alone.chain.await(handle, Duration.ofMillis(50)));
        Thread closer = Thread.ofVirtual().start(alone.chain::close);
        assertInstanceOf(TransactionOutcome.TimedOut.class, alone.chain.await(handle, PATIENCE));
        closer.join();
    }

    @Test
    void a_transaction_survives_that_nobody_was_connected_when_it_was_sent() throws Exception {
        Node proposer = net.add(spec, PROPOSER);
        Node rich = net.add(spec, RICH);
        Hash32 handle = rich.chain.submit(pay(bob, 3));
        // As long as gossip still knows it, whoever connects is told of it.
        TestNet.await("it is forgotten", () -> rich.pubsub.stats().router().cached() == 0);
        rich.connect(proposer);
        Included done = included(rich.chain.await(handle, PATIENCE));
        assertFalse(done.id().equals(handle), "it was signed again, so that pools take it as new");
        assertEquals(Amount.credits(3), balance(rich, bob));
    }

    @Test
    void a_proposer_that_lost_its_disk_fetches_its_own_blocks_before_it_makes_new_ones() throws Exception {
        Node proposer = net.add(spec, PROPOSER);
        Node other = net.add(spec, bob);
        other.connect(proposer);
        await("some blocks", () -> other.chain.height() >= 20);
        net.remove(proposer);
        await("a last one", () -> true);
        long height = other.chain.height();
        Hash32 tip = hash(other, height);
        Node again = net.add(spec, PROPOSER, new MemoryStore(), true);
        again.connect(other);
        await("the chain goes on", () -> other.chain.height() > height + 5);
        assertEquals(tip, hash(again, height));
        assertEquals(hash(again, height + 3), hash(other, height + 3));
    }

    @Test
    void a_proposer_that_starts_again_on_its_store_goes_on_where_it_was() throws Exception {
        MemoryStore store = new MemoryStore();
        Node first = net.add(spec, PROPOSER, store, false);
        await("some blocks", () -> first.chain.height() >= 5);
        net.remove(first);
        long height = store.height();
        Hash32 tip = store.header(height).orElseThrow().header().hash();
        Node second = net.add(spec, PROPOSER, store, false);
        await("more blocks", () -> second.chain.height() >= height + 5);
        assertEquals(tip, store.block(height + 1).orElseThrow().header().parent());
    }
}
