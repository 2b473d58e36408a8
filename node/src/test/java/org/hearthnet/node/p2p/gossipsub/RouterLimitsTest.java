package org.hearthnet.node.p2p.gossipsub;

import static org.hearthnet.node.p2p.gossipsub.RouterBench.has;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever peers do, no memory of a router grows beyond its limit. */
class RouterLimitsTest {
    private static final RouterLimits SMALL =
            new RouterLimits(4, 3, 5, 50, 20, 2L << 20, 6, 2L << 20, 3, 10, 100, 2L << 20, 3, 7, 9, 2);

    private final RouterBench bench = new RouterBench(MeshParams.DEFAULT, ScoreParams.DEFAULT, SMALL);

    @Test
    void peersAndTopics() {
        bench.join();
        for (int i = 0; i < 10; i++) {
            bench.up(i, false);
        }
        assertEquals(SMALL.peers(), bench.router.stats().peers());
        bench.step(new Input.Join("b"));
        bench.step(new Input.Join("c"));
        assertThrows(IllegalStateException.class, () -> bench.step(new Input.Join("d")));
        assertEquals(SMALL.topics(), bench.router.stats().topics());
        for (int i = 0; i < 20; i++) {
            bench.receive(
                    0,
                    new Rpc(
                            List.of(new Rpc.Subscription("x" + i, true)),
                            List.of(),
                            0,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of()));
        }
        assertEquals(1, bench.router.members("x4").size());
        assertEquals(0, bench.router.members("x5").size());
    }

    @Test
    void messagesThatWaitForValidation() {
        bench.join().neighbours(0, 3);
        int taken = 0;
        for (int peer = 0; peer < 3; peer++) {
            for (int i = 0; i < 10; i++) {
                taken += has(bench.send(peer, bench.message(9)), Effect.Validate.class) ? 1 : 0;
            }
            assertTrue(bench.router.validating(peer(peer)) <= SMALL.validatingPerPeer());
        }
        assertEquals(SMALL.validating(), taken);
        assertEquals(30 - SMALL.validating(), bench.router.stats().throttled());
        assertEquals(0, bench.router.score(peer(2)), "nobody is to blame");
        Message large = bench.message(9, 1 << 20);
        RouterBench other = new RouterBench(MeshParams.DEFAULT, ScoreParams.DEFAULT, SMALL).join();
        other.neighbours(0, 3);
        assertTrue(has(other.send(0, large), Effect.Validate.class));
        assertTrue(other.send(1, bench.message(9, 1 << 20)).stream().noneMatch(Effect.Validate.class::isInstance));
        other.step(new Input.Judged(large, peer(0), Verdict.IGNORE));
        assertTrue(has(other.send(1, bench.message(9, 1 << 20)), Effect.Validate.class), "there is room again");
    }

    @Test
    void memoriesOfMessages() {
        bench.join().neighbours(0, 2);
        for (int i = 0; i < 500; i++) {
            bench.deliver(0, bench.message(9), Verdict.ACCEPT);
        }
        assertEquals(SMALL.seen(), bench.router.stats().seen());
        assertEquals(SMALL.cachedMessages(), bench.router.stats().cached());
        for (int i = 0; i < 10; i++) {
            bench.deliver(0, bench.message(9, 500_000), Verdict.ACCEPT);
        }
        assertTrue(bench.router.stats().cachedBytes() <= SMALL.cachedBytes());
        bench.heartbeats(200);
        assertEquals(0, bench.router.stats().seen());
        assertEquals(0, bench.router.stats().cached());
        assertEquals(0, bench.router.stats().cachedBytes());
    }

    /** A message may be forgotten while it is looked at; the counts of what is under way must not suffer. */
    @Test
    void judgementsOfForgottenMessagesFreeTheirPlace() {
        bench.join().neighbours(0, 3);
        for (int round = 0; round < 50; round++) {
            Message slow = bench.message(9);
            bench.send(0, slow);
            for (int i = 0; i < SMALL.seen(); i++) {
                bench.deliver(1, bench.message(9), Verdict.IGNORE);
            }
            assertTrue(
                    bench.step(new Input.Judged(slow, peer(0), Verdict.ACCEPT)).isEmpty());
            assertEquals(0, bench.router.validating(peer(0)));
        }
        assertEquals(0, bench.router.stats().throttled());
    }

    @Test
    void badScoresOutliveTheConnectionForAWhileAndNotTooManyOfThem() {
        bench.join();
        for (int i = 0; i < 10; i++) {
            bench.up(i, false);
            bench.deliver(i, bench.message(9), Verdict.REJECT);
            bench.step(new Input.PeerDown(peer(i)));
        }
        for (int i = 0; i < 10; i++) {
            bench.up(i, false);
            assertEquals(i >= 10 - SMALL.retained(), bench.router.score(peer(i)) < 0, "peer " + i);
            bench.step(new Input.PeerDown(peer(i)));
        }
        bench.up(9, false);
        bench.step(new Input.PeerDown(peer(9)));
        bench.nowMs += ScoreParams.DEFAULT.retainMs();
        bench.heartbeat();
        bench.up(9, false);
        assertEquals(0, bench.router.score(peer(9)));
    }

    @Test
    void backOffs() {
        Backoffs backoffs = new Backoffs(SMALL.backoffs());
        for (int i = 0; i < 100; i++) {
            backoffs.sent("t" + i, peer(i), 1_000, 0);
        }
        assertEquals(SMALL.backoffs(), backoffs.size());
        assertTrue(backoffs.isActive("t99", peer(99), 999));
        backoffs.expire(1_000, 0);
        assertEquals(0, backoffs.size());
    }

    @Test
    void promises() {
        Promises promises = new Promises(5);
        for (int i = 0; i < 100; i++) {
            promises.add(RouterBench.id(i), peer(i % 3), 10);
        }
        assertEquals(5, promises.size());
        promises.fulfil(RouterBench.id(0));
        promises.forget(peer(1));
        assertEquals(2, promises.size());
        assertEquals(2, promises.broken(10).values().stream().mapToInt(n -> n).sum());
        assertEquals(0, promises.size());
    }
}
