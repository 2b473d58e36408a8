package org.hearthnet.node.chain;

import static org.hearthnet.node.chain.SampleTransactions.claim;
import static org.hearthnet.node.chain.SampleTransactions.key;
import static org.hearthnet.node.chain.SampleTransactions.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.BaseFee;
import org.hearthnet.ledger.block.BeaconScheme;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.junit.jupiter.api.Test;

class MempoolTest {
    private static final MempoolLimits SMALL = new MempoolLimits(8, 10_000, 4, 4_000, 2, 100, 10);
    private static final Amount FEE = Amount.of(100);
    private final Mempool pool = new Mempool(SMALL);
    private final KeyPair alice = key(1);
    private final KeyPair bob = key(2);

    private Admission admit(SignedTransaction t) {
        return pool.admit(t, t.encode().length, 0, 1);
    }

    private void added(SignedTransaction t) {
        assertInstanceOf(Admission.Added.class, admit(t));
    }

    private String refused(SignedTransaction t) {
        return assertInstanceOf(Admission.Refused.class, admit(t)).why();
    }

    private List<SignedTransaction> candidates() {
        return pool.candidates(100, 1 << 20, FEE, n -> 0);
    }

    @Test
    void a_block_gets_unbroken_rows_of_nonces_from_every_sender_in_turn() {
        SignedTransaction a0 = transfer(alice, 0, 50, 1);
        SignedTransaction a1 = transfer(alice, 1, 50, 1);
        SignedTransaction a3 = transfer(alice, 3, 50, 1);
        SignedTransaction b0 = transfer(bob, 0, 50, 1);
        List.of(a1, a3, a0, b0).forEach(this::added);
        assertEquals(List.of(a0, b0, a1), candidates());
        assertEquals(List.of(a0, b0), pool.candidates(2, 1 << 20, FEE, n -> 0));
        assertEquals(List.of(a0), pool.candidates(9, a0.encode().length, FEE, n -> 0));
        assertEquals(2, pool.nextNonce(alice.id(), 0));
        assertEquals(4, pool.nextNonce(alice.id(), 3));
    }

    @Test
    void the_same_transaction_is_taken_once() {
        added(transfer(alice, 0, 50, 1));
        assertInstanceOf(Admission.Known.class, admit(transfer(alice, 0, 50, 1)));
        assertEquals(1, pool.size());
    }

    @Test
    void what_cannot_be_in_a_block_soon_is_refused() {
        assertTrue(refused(transfer(alice, 4, 50, 1)).contains("too far ahead"));
        assertTrue(refused(transfer(alice, 0, 0, 1)).contains("expired"));
        assertTrue(refused(transfer(alice, 0, 102, 1)).contains("more than 100 blocks"));
        SignedTransaction used = transfer(alice, 2, 50, 1);
        var answer = pool.admit(used, used.encode().length, 3, 1);
        assertTrue(assertInstanceOf(Admission.Refused.class, answer).why().contains("used up"));
        assertEquals(0, pool.size());
        assertEquals(0, pool.bytes());
    }

    @Test
    void a_replacement_must_be_ready_to_pay_a_tenth_more() {
        SignedTransaction first = transfer(alice, 0, 50, 1, 1_000);
        added(first);
        assertTrue(refused(transfer(alice, 0, 90, 2, 1_099)).contains("10 % more"));
        SignedTransaction second = transfer(alice, 0, 40, 2, 1_100);
        added(second);
        assertEquals(List.of(second), candidates());
        assertTrue(pool.get(first.id()).isEmpty());
        assertEquals(second.encode().length, pool.bytes());
    }

    @Property
    void a_raised_fee_is_a_tenth_more_and_more_in_any_case(@ForAll @LongRange(min = 0) long fee) {
        long raised = Mempool.raised(Amount.of(fee), 10).sparks();
        assertTrue(raised > fee || raised == Long.MAX_VALUE);
        BigInteger exact = BigInteger.valueOf(fee).multiply(BigInteger.valueOf(11));
        assertTrue(raised == Long.MAX_VALUE
                || BigInteger.valueOf(raised).multiply(BigInteger.TEN).compareTo(exact) >= 0);
    }

    @Test
    void a_row_ends_before_one_that_does_not_pay_the_fee() {
        added(transfer(alice, 0, 50, 1, 100));
        added(transfer(alice, 1, 50, 1, 99));
        added(transfer(alice, 2, 50, 1, 500));
        SignedTransaction claim = claim(bob, 0, 50);
        added(claim);
        assertEquals(2, candidates().size());
        assertTrue(candidates().contains(claim), "a claim pays nothing and needs no limit");
        assertEquals(4, pool.candidates(9, 1 << 20, Amount.of(99), n -> 0).size());
    }

    @Test
    void what_waits_is_reserved() {
        added(transfer(alice, 0, 50, 1, 300));
        added(transfer(alice, 1, 50, 1, 200));
        assertEquals(Amount.of(500), pool.reserved(alice.id(), 2));
        assertEquals(Amount.of(300), pool.reserved(alice.id(), 1), "without the one that is replaced");
        assertEquals(Amount.ZERO, pool.reserved(bob.id(), 0));
        added(transfer(alice, 2, 50, 1, Long.MAX_VALUE));
        assertEquals(Amount.of(Long.MAX_VALUE), pool.reserved(alice.id(), 3));
    }

    @Test
    void when_it_is_full_whoever_is_ready_to_pay_least_gives_way() {
        for (int i = 0; i < 8; i++) {
            added(transfer(key(10 + i), 0, 50, 1, 200 + i));
        }
        assertTrue(refused(transfer(key(30), 0, 50, 1, 199)).contains("full"));
        assertTrue(refused(transfer(key(30), 0, 50, 1, 200)).contains("full"), "among equals nobody has more");
        added(transfer(key(30), 0, 50, 1, 201));
        assertTrue(pool.all().stream().noneMatch(t -> t.transaction().maxFee().sparks() == 200));
        assertEquals(SMALL.maxTransactions(), pool.size());
    }

    /** A rich last transaction does not protect the poor row before it: the row counts as its poorest. */
    @Test
    void a_row_is_worth_what_its_poorest_pays() {
        added(transfer(alice, 0, 50, 1, 100));
        added(transfer(alice, 1, 50, 1, 9_000));
        for (int i = 0; i < 6; i++) {
            added(transfer(key(10 + i), 0, 50, 1, 200));
        }
        added(transfer(bob, 0, 50, 1, 150));
        assertEquals(1, pool.row(alice.id(), 0).size(), "its last one went");
    }

    @Test
    void one_sender_gets_only_its_share() {
        for (int i = 0; i < 4; i++) {
            added(transfer(alice, i, 50, 1));
        }
        // A row that begins at nonce 3 leaves nonce 6 within reach, but not within the sender's share.
        SignedTransaction fifth = transfer(alice, 6, 50, 1);
        var answer = pool.admit(fifth, fifth.encode().length, 3, 1);
        assertTrue(assertInstanceOf(Admission.Refused.class, answer).why().contains("too much"));
        var large = pool.admit(transfer(bob, 0, 50, 1), 4_001, 0, 1);
        assertTrue(assertInstanceOf(Admission.Refused.class, large).why().contains("too much"));
    }

    @Test
    void claims_that_pay_nothing_have_a_limit_of_their_own() {
        added(claim(key(10), 0, 50));
        added(claim(key(11), 0, 50));
        assertTrue(refused(claim(key(12), 0, 50)).contains("faucet"));
        added(transfer(key(12), 0, 50, 1));
        pool.settle(n -> 1, 2);
        added(claim(key(12), 0, 50));
    }

    private static SignedTransaction registration(KeyPair member, long nonce, long epoch) {
        var body = BeaconScheme.VRF.registration(member, key(90 + (int) nonce), Hash32.ZERO, epoch);
        return new Transaction(member.id(), nonce, 50, BaseFee.MOST, body).sign(member, Hash32.ZERO);
    }

    @Test
    void claims_of_the_faucet_do_not_keep_members_from_registering_keys() {
        added(claim(key(10), 0, 50));
        added(claim(key(11), 0, 50));
        SignedTransaction alices = registration(alice, 0, 3);
        SignedTransaction bobs = registration(bob, 0, 4);
        added(alices);
        added(bobs);
        assertTrue(refused(registration(bob, 1, 4)).contains("registration"));
        assertTrue(candidates().containsAll(List.of(alices, bobs)));
        pool.settle(n -> 0, 2, t -> t.body() instanceof TransactionBody.RegisterSeatKeys keys && keys.epoch() < 4);
        assertFalse(candidates().contains(alices), "its epoch is over");
        assertTrue(candidates().contains(bobs));
    }

    @Test
    void when_it_is_full_whoever_has_most_gives_way() {
        for (int i = 0; i < 4; i++) {
            added(transfer(alice, i, 50, 1));
            added(transfer(bob, i, 50, 1));
        }
        added(transfer(key(3), 0, 50, 1));
        added(transfer(key(4), 0, 50, 1));
        added(transfer(key(5), 0, 50, 1));
        assertEquals(SMALL.maxTransactions(), pool.size());
        assertEquals(8, candidates().size());
        for (int i = 6; i < 9; i++) {
            admit(transfer(key(i), 0, 50, 1));
        }
        // Everybody has one now, except who came when nobody had more than the newcomer would.
        assertTrue(refused(transfer(key(20), 0, 50, 1)).contains("full"));
    }

    @Test
    void what_is_settled_or_expired_goes() {
        added(transfer(alice, 0, 50, 1));
        added(transfer(alice, 1, 10, 1));
        added(transfer(alice, 2, 50, 1));
        pool.settle(n -> 1, 11);
        assertEquals(List.of(2L), nonces());
        pool.settle(n -> 3, 12);
        assertEquals(0, pool.size());
        assertEquals(0, pool.bytes());
    }

    private List<Long> nonces() {
        return pool.all().stream().map(t -> t.transaction().nonce()).sorted().toList();
    }

    @Test
    void limits_and_sums_hold_under_random_use() {
        long seed = new Random().nextLong();
        System.out.println("MempoolTest seed " + seed);
        Random random = new Random(seed);
        Map<NodeId, Long> nonces = new HashMap<>();
        for (int step = 0; step < 5_000; step++) {
            KeyPair sender = key(random.nextInt(6));
            long nonce = nonces.getOrDefault(sender.id(), 0L) + random.nextInt(5);
            SignedTransaction t = random.nextInt(5) == 0
                    ? claim(sender, nonce, 1 + random.nextInt(60))
                    : transfer(sender, nonce, 1 + random.nextInt(60), random.nextInt(3), 100 + random.nextInt(300));
            pool.admit(t, t.encode().length, nonces.getOrDefault(sender.id(), 0L), 1);
            if (random.nextInt(20) == 0) {
                pool.candidates(3, 2_000, FEE, n -> nonces.getOrDefault(n, 0L))
                        .forEach(c -> nonces.merge(c.transaction().sender(), 1L, Long::sum));
                pool.settle(n -> nonces.getOrDefault(n, 0L), 1);
            }
            check(nonces, seed + " step " + step);
        }
    }

    private void check(Map<NodeId, Long> nonces, String where) {
        Map<NodeId, Integer> perSender = new HashMap<>();
        Set<List<Object>> places = new HashSet<>();
        long bytes = 0;
        for (SignedTransaction t : pool.all()) {
            perSender.merge(t.transaction().sender(), 1, Integer::sum);
            assertTrue(
                    places.add(List.of(t.transaction().sender(), t.transaction().nonce())), where);
            bytes += t.encode().length;
        }
        assertEquals(bytes, pool.bytes(), where);
        assertTrue(pool.size() <= SMALL.maxTransactions() && bytes <= SMALL.maxBytes(), where);
        assertTrue(perSender.values().stream().allMatch(n -> n <= SMALL.maxPerSender()), where);
        Map<NodeId, Long> next = new HashMap<>(nonces);
        for (SignedTransaction t : pool.candidates(100, 1 << 20, FEE, n -> nonces.getOrDefault(n, 0L))) {
            long expected = next.getOrDefault(t.transaction().sender(), 0L);
            assertEquals(expected, t.transaction().nonce(), where);
            next.put(t.transaction().sender(), expected + 1);
        }
    }
}
