package org.hearthnet.node.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.node.chain.OwnTransactions.Limits;
import org.hearthnet.node.chain.OwnTransactions.Outcome;
import org.hearthnet.node.chain.OwnTransactions.Step;
import org.junit.jupiter.api.Test;

class OwnTransactionsTest {
    private static final Amount FEE = Amount.of(100);
    private static final KeyPair KEY = SampleTransactions.key(1);
    private static final NodeId OTHER = SampleTransactions.key(2).id();
    private static final Limits LIMITS = new Limits(6, 20, 5, 8, 10, 2, 32);

    private final OwnTransactions own = new OwnTransactions(KEY, SampleTransactions.NETWORK, OTHER, LIMITS);

    /** Bodies are told apart by their amount; the filler's amount is 1. */
    private static TransactionBody body(long number) {
        return new Transfer(OTHER, Amount.of(number), Bytes.EMPTY);
    }

    private static long number(SignedTransaction t) {
        return ((Transfer) t.transaction().body()).amount().sparks();
    }

    private SignedTransaction submit(long number, long accountNonce, long height) {
        SignedTransaction draft = own.draft(body(number), accountNonce, height, FEE);
        own.add(draft, height);
        return draft;
    }

    private Step block(long height, long accountNonce, Set<Hash32> included) {
        return own.onBlock(height, accountNonce, FEE, included, n -> false, t -> Optional.empty());
    }

    @Test
    void own_transactions_take_one_nonce_after_the_other() {
        assertEquals(7, submit(10, 7, 1).transaction().nonce());
        assertEquals(8, submit(11, 7, 1).transaction().nonce());
        // Somebody else with the same key has taken 9 in the pool.
        assertEquals(10, submit(12, 10, 1).transaction().nonce());
    }

    @Test
    void an_included_one_is_reported_under_its_handle() {
        SignedTransaction a = submit(10, 0, 1);
        Step step = block(2, 1, Set.of(a.id()));
        assertEquals(List.of(new Outcome.Included(a.id(), a.id())), step.outcomes());
        assertEquals(0, own.size());
    }

    @Test
    void one_that_waits_long_is_signed_again_with_the_same_nonce() {
        SignedTransaction first = submit(10, 0, 1);
        assertEquals(List.of(), block(5, 0, Set.of()).send());
        SignedTransaction second = block(6, 0, Set.of()).send().getFirst();
        assertEquals(0, second.transaction().nonce());
        assertTrue(second.transaction().expiryHeight() >= first.transaction().expiryHeight() + 8);
        // Whichever version the block has, the outcome names both.
        assertEquals(
                List.of(new Outcome.Included(first.id(), second.id())),
                block(7, 1, Set.of(second.id())).outcomes());
    }

    @Test
    void every_version_outbids_the_one_before_until_the_limit_is_far_over_the_fee() {
        SignedTransaction last = submit(10, 0, 1);
        assertEquals(200, last.transaction().maxFee().sparks());
        List<Long> limits = new ArrayList<>();
        Limits patient = new Limits(6, 40, 1, 8, 100, 2, 32);
        OwnTransactions sender = new OwnTransactions(KEY, SampleTransactions.NETWORK, OTHER, patient);
        SignedTransaction version = sender.draft(body(10), 0, 1, FEE);
        sender.add(version, 1);
        for (long height = 2; height < 39; height++) {
            SignedTransaction next = sender.onBlock(height, 0, FEE, Set.of(), n -> false, t -> Optional.empty())
                    .send()
                    .getFirst();
            if (!next.equals(version)) {
                assertTrue(next.transaction().maxFee().sparks() * 10
                        >= version.transaction().maxFee().sparks() * 11);
                limits.add(next.transaction().maxFee().sparks());
            }
            version = next;
        }
        assertTrue(limits.getLast() > 2_900 && limits.getLast() <= 3_200, limits.toString());
        assertTrue(limits.size() < 35, "then the same one is sent again");
    }

    @Test
    void a_fee_that_rises_over_the_limit_is_no_refusal() {
        submit(10, 0, 1);
        Amount risen = Amount.of(1_000);
        Step step = own.onBlock(
                2,
                0,
                risen,
                Set.of(),
                n -> false,
                t -> t.transaction().maxFee().compareTo(risen) < 0 ? Optional.of("pays too little") : Optional.empty());
        assertEquals(List.of(), step.outcomes());
        assertEquals(2_000, step.send().getFirst().transaction().maxFee().sparks());
    }

    @Test
    void one_whose_nonce_was_used_elsewhere_moves_on() {
        SignedTransaction lost = submit(10, 0, 1);
        SignedTransaction again = block(2, 1, Set.of()).send().getFirst();
        assertEquals(1, again.transaction().nonce());
        assertEquals(
                List.of(new Outcome.Included(lost.id(), again.id())),
                block(3, 2, Set.of(again.id())).outcomes());
    }

    @Test
    void the_place_of_a_refused_one_is_filled_so_that_the_next_can_go_on() {
        SignedTransaction bad = submit(10, 0, 1);
        SignedTransaction good = submit(11, 0, 1);
        Step step = own.onBlock(
                2, 0, FEE, Set.of(), n -> false, t -> number(t) == 10 ? Optional.of("too late") : Optional.empty());
        assertEquals(List.of(new Outcome.Rejected(bad.id(), "too late")), step.outcomes());
        SignedTransaction filler = step.send().getFirst();
        assertEquals(0, filler.transaction().nonce());
        assertTrue(filler.transaction().expiryHeight() >= bad.transaction().expiryHeight() + 8);
        assertTrue(filler.transaction().maxFee().sparks() >= 220, "it replaces the refused one in every pool");
        step = block(3, 2, Set.of(filler.id(), good.id()));
        assertInstanceOf(Outcome.Included.class, step.outcomes().getLast());
        assertEquals(0, own.size());
    }

    @Test
    void a_refused_last_one_needs_no_filler() {
        submit(10, 0, 1);
        Step step = own.onBlock(2, 0, FEE, Set.of(), n -> false, t -> Optional.of("no"));
        assertEquals(List.of(), step.send());
        assertEquals(0, own.size());
    }

    @Test
    void it_gives_up_in_the_end_and_takes_only_so_many() {
        Hash32 handle = submit(10, 0, 1).id();
        Optional<Outcome> end = Optional.empty();
        for (long height = 2; end.isEmpty() && height < 1_000; height++) {
            end = block(height, 0, Set.of()).outcomes().stream().findFirst();
        }
        assertEquals(
                handle,
                assertInstanceOf(Outcome.Rejected.class, end.orElseThrow()).handle());
        for (int i = 0; i < 6; i++) {
            assertFalse(own.isFull());
            submit(10 + i, 0, 1);
        }
        assertTrue(own.isFull());
        assertThrows(IllegalStateException.class, () -> submit(99, 0, 1));
    }

    /** A ledger that may include any version ever sent, as an adversary with all of them would. */
    @Test
    void nothing_is_executed_twice_and_everything_ends_whatever_the_proposer_picks() {
        long seed = new Random().nextLong();
        System.out.println("OwnTransactionsTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            new Adversary(random, "seed " + seed + " round " + round).run();
        }
    }

    private static final class Adversary {
        private final Random random;
        private final String where;
        private final OwnTransactions own = new OwnTransactions(KEY, SampleTransactions.NETWORK, OTHER, LIMITS);
        private final List<SignedTransaction> sent = new ArrayList<>();
        private final Map<Hash32, Long> open = new HashMap<>();
        private final Set<Long> refused = new HashSet<>();
        private final Set<Long> executed = new HashSet<>();
        private final Set<Long> rejected = new HashSet<>();
        private long nonce;
        private long height = 1;
        private long nextBody = 2;

        Adversary(Random random, String where) {
            this.random = random;
            this.where = where;
        }

        void run() {
            while (height < 400 || !open.isEmpty()) {
                assertTrue(height < 5_000, "no end, " + where);
                if (height < 400 && !own.isFull() && random.nextInt(3) == 0) {
                    submit();
                }
                step();
            }
            assertTrue(executed.size() > 20, where);
        }

        private void submit() {
            SignedTransaction draft = own.draft(body(nextBody), nonce, height, FEE);
            own.add(draft, height);
            open.put(draft.id(), nextBody++);
            sent.add(draft);
        }

        private void step() {
            height++;
            if (random.nextInt(10) == 0) {
                open.values().stream().findAny().ifPresent(refused::add);
            }
            Set<Hash32> included = new HashSet<>();
            if (random.nextInt(3) == 0) {
                include(included);
            }
            if (random.nextInt(30) == 0) {
                nonce++; // the same key was used elsewhere
            }
            Step step = own.onBlock(
                    height,
                    nonce,
                    FEE,
                    included,
                    n -> false,
                    t -> refused.contains(number(t)) ? Optional.of("refused") : Optional.empty());
            sent.addAll(step.send());
            step.outcomes().forEach(this::check);
        }

        private void include(Set<Hash32> included) {
            for (int i = 0; i < 3; i++) {
                List<SignedTransaction> valid = sent.stream()
                        .filter(t -> t.transaction().nonce() == nonce
                                && t.transaction().expiryHeight() >= height
                                && !refused.contains(number(t)))
                        .toList();
                if (!valid.isEmpty()) {
                    SignedTransaction t = valid.get(random.nextInt(valid.size()));
                    nonce++;
                    included.add(t.id());
                    assertTrue(number(t) == 1 || executed.add(number(t)), "executed twice, " + where);
                }
            }
        }

        private void check(Outcome outcome) {
            switch (outcome) {
                case Outcome.Included(Hash32 handle, Hash32 id) -> {
                    Long number = open.remove(handle);
                    assertTrue(number != null && executed.contains(number), where);
                }
                case Outcome.Rejected(Hash32 handle, String reason) -> {
                    Long number = open.remove(handle);
                    assertTrue(number != null && rejected.add(number), where);
                    assertFalse(executed.contains(number), where);
                }
            }
        }
    }
}
