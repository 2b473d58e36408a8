package org.hearthnet.node.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.PublicKey;
import org.junit.jupiter.api.Test;

/** The small tables that strangers could try to fill. */
class LimitsTest {
    private final AtomicLong clockMs = new AtomicLong(1_000_000);

    private static Hash32 hash(int number) {
        return Hashing.in("limits-test").add(number).finish();
    }

    private static PeerId peer(int number) {
        return PeerId.of(PublicKey.ofRaw(hash(number).toArray()));
    }

    @Test
    void a_ban_ends_after_its_time() {
        PeerBans bans = new PeerBans(clockMs::get, 500);
        bans.ban(peer(1));
        assertTrue(bans.isBanned(peer(1)));
        assertFalse(bans.isBanned(peer(2)));
        clockMs.addAndGet(500);
        assertFalse(bans.isBanned(peer(1)));
    }

    @Test
    void the_oldest_ban_makes_room() {
        PeerBans bans = new PeerBans(clockMs::get, 500);
        for (int i = 0; i <= PeerBans.MAX_PEERS; i++) {
            bans.ban(peer(i));
        }
        assertFalse(bans.isBanned(peer(0)));
        assertTrue(bans.isBanned(peer(1)));
        assertTrue(bans.isBanned(peer(PeerBans.MAX_PEERS)));
    }

    @Test
    void a_peer_has_a_burst_and_then_a_rate_of_its_own() {
        RateLimiter rates = new RateLimiter(2, 3, clockMs::get);
        for (int i = 0; i < 3; i++) {
            assertTrue(rates.tryAcquire(peer(1)));
        }
        assertFalse(rates.tryAcquire(peer(1)));
        assertTrue(rates.tryAcquire(peer(2)));
        clockMs.addAndGet(499);
        assertFalse(rates.tryAcquire(peer(1)));
        clockMs.addAndGet(1);
        assertTrue(rates.tryAcquire(peer(1)));
        clockMs.addAndGet(60_000);
        for (int i = 0; i < 3; i++) {
            assertTrue(rates.tryAcquire(peer(1)));
        }
        assertFalse(rates.tryAcquire(peer(1)), "a pause gives no more than the burst");
    }

    @Test
    void outcomes_are_waited_for_and_remembered_in_bounded_numbers() {
        Outcomes outcomes = new Outcomes();
        var first = outcomes.watch(hash(0), 100).orElseThrow();
        for (int i = 1; i < Outcomes.MAX_WAITING; i++) {
            assertTrue(outcomes.watch(hash(i), 100).isPresent());
        }
        assertTrue(outcomes.watch(hash(-1), 100).isEmpty());
        assertEquals(first, outcomes.watch(hash(0), 100).orElseThrow(), "who waits for the same waits together");
        outcomes.onBlock(7, Set.of(hash(0)), List.of());
        assertEquals(new TransactionOutcome.Included(hash(0), 7, List.of()), first.getNow(null));
        outcomes.onBlock(100, Set.of(), List.of());
        assertInstanceOf(
                TransactionOutcome.Rejected.class, outcomes.settled(hash(1)).orElseThrow());
        for (int i = 0; i <= Outcomes.MAX_SETTLED; i++) {
            outcomes.settle(hash(-2 - i), new TransactionOutcome.Rejected("test"));
        }
        assertTrue(outcomes.settled(hash(1)).isEmpty());
        outcomes.abandon();
        assertTrue(outcomes.watch(hash(5), 200).isEmpty());
    }
}
