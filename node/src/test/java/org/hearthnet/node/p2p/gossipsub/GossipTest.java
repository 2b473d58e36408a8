package org.hearthnet.node.p2p.gossipsub;

import static org.hearthnet.node.p2p.gossipsub.RouterBench.TOPIC;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.forwarded;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.has;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.id;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.peer;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GossipTest {
    private static final MeshParams MESH = MeshParams.DEFAULT;
    private static final RouterLimits LIMITS = RouterLimits.DEFAULT;

    private final RouterBench bench = new RouterBench();

    @Test
    void acceptedMessagesGoToTheMeshButNotBack() {
        bench.join().neighbours(0, 4);
        Message message = bench.message(2);
        assertTrue(has(bench.send(0, message), Effect.Validate.class));
        assertTrue(bench.send(1, message).isEmpty(), "a copy is not validated again");
        List<Effect> effects = bench.step(new Input.Judged(message, peer(0), Verdict.ACCEPT));
        assertEquals(List.of(peer(3)), forwarded(effects, message), "neither to senders nor to the author");
        assertTrue(effects.contains(new Effect.Deliver(message, peer(0))));
        assertTrue(bench.send(3, message).isEmpty());
        assertEquals(2, bench.router.stats().duplicates());
    }

    @Test
    void rejectedAndIgnoredMessagesGoNowhere() {
        bench.join().neighbours(0, 4);
        Message bad = bench.message(9);
        bench.send(0, bad);
        bench.send(1, bad);
        assertTrue(bench.step(new Input.Judged(bad, peer(0), Verdict.REJECT)).isEmpty());
        bench.send(2, bad);
        for (int i = 0; i < 3; i++) {
            assertTrue(bench.router.score(peer(i)) < 0, "all that passed it on are blamed: " + i);
        }
        assertTrue(bench.deliver(3, bench.message(9), Verdict.IGNORE).isEmpty());
        assertEquals(0, bench.router.score(peer(3)));
    }

    @Test
    void throttledMessagesMayComeAgain() {
        bench.join().neighbours(0, 2);
        Message message = bench.message(9);
        assertTrue(bench.deliver(0, message, Verdict.THROTTLE).isEmpty());
        assertTrue(has(bench.send(1, message), Effect.Validate.class));
    }

    @Test
    void gossipTellsPeersOutsideTheMeshAndTheyGetWhatTheyAskFor() {
        bench.join().neighbours(0, MESH.dHi() + 10);
        Message message = bench.message(99);
        bench.deliver(0, message, Verdict.ACCEPT);
        List<Effect> effects = bench.heartbeat();
        Set<Integer> told = IntStream.range(0, MESH.dHi() + 10)
                .filter(i -> sent(effects, peer(i)).stream()
                        .anyMatch(rpc -> !rpc.ihave().isEmpty()))
                .boxed()
                .collect(Collectors.toSet());
        assertEquals(MESH.dLazy(), told.size());
        int asker = told.iterator().next();
        assertFalse(bench.router.mesh(TOPIC).contains(peer(asker)));
        for (int i = 0; i < LIMITS.retransmissions(); i++) {
            assertEquals(List.of(peer(asker)), forwarded(bench.want(asker, message.id()), message));
        }
        assertTrue(bench.want(asker, message.id()).isEmpty(), "not for ever");
        bench.heartbeats(MESH.cacheWindows());
        int other = told.stream().skip(1).findFirst().orElseThrow();
        assertTrue(bench.want(other, message.id()).isEmpty(), "the cache has moved on");
    }

    @Test
    void announcedMessagesAreAskedForOnceSeenNeverAgain() {
        bench.join().neighbours(0, 2);
        Message message = bench.message(9);
        assertEquals(
                List.of(message.id()),
                sent(bench.have(0, message.id()), peer(0)).getFirst().iwant());
        bench.deliver(0, message, Verdict.ACCEPT);
        assertTrue(bench.have(1, message.id()).isEmpty());
        bench.heartbeats(10);
        assertTrue(bench.router.score(peer(0)) > 0);
        assertEquals(0, bench.router.stats().broken());
    }

    @Test
    void brokenPromisesAreBlamedAndEndInSilence() {
        bench.join().neighbours(0, 1);
        int number = 0;
        for (int round = 0; round < 60 && bench.router.score(peer(0)) >= ScoreParams.DEFAULT.graylist(); round++) {
            bench.have(0, id(++number), id(++number));
            bench.have(0, id(++number));
            bench.heartbeat();
        }
        assertTrue(bench.router.score(peer(0)) < ScoreParams.DEFAULT.graylist(), "after " + number + " lies");
        assertTrue(number < 60, number + " lies until the end");
        assertTrue(bench.have(0, id(1)).contains(new Effect.Graylisted(peer(0))));
        assertTrue(bench.router.stats().broken() > 2);
    }

    @Test
    void floodOfAnnouncementsIsCappedBetweenHeartbeats() {
        bench.join().neighbours(0, 1);
        int asked = 0;
        for (int i = 0; i < 3 * LIMITS.ihaveMessages(); i++) {
            asked += bench.have(0, id(i)).size();
        }
        assertEquals(LIMITS.ihaveMessages(), asked);
        bench.heartbeat();
        assertEquals(1, bench.have(0, id(10_000)).size());
    }

    @Test
    void answersToRequestsAreBoundedInBytes() {
        RouterLimits limits = new RouterLimits(
                8, 8, 8, 1000, 1000, 32L << 20, 100, 16L << 20, 100, 10, 5000, 1L << 20, 3, 10, 10, 10);
        RouterBench small =
                new RouterBench(MESH, ScoreParams.DEFAULT, limits).join().neighbours(0, 1);
        int served = 0;
        for (int i = 0; i < 30; i++) {
            Message own = Message.unauthentic(RouterBench.SELF, TOPIC, i, new byte[100_000], new byte[64]);
            small.step(new Input.Publish(own));
            served += small.want(0, own.id()).size();
        }
        assertEquals(10, served);
    }

    @Test
    void largeMessagesAreCalledOffAndCallingOffIsHeard() {
        bench.join().neighbours(0, 3);
        Message large = bench.message(9, MESH.dontWantBytes());
        List<Effect> effects = bench.send(0, large);
        assertEquals(List.of(large.id()), sent(effects, peer(1)).getFirst().idontwant());
        assertTrue(sent(effects, peer(0)).isEmpty());
        bench.dontWant(1, large.id());
        assertEquals(List.of(peer(2)), forwarded(bench.step(new Input.Judged(large, peer(0), Verdict.ACCEPT)), large));
        assertTrue(sent(bench.send(0, bench.message(9, 10)), peer(1)).isEmpty(), "not for small ones");
        for (int i = 0; i < 2 * LIMITS.dontWantIds(); i++) {
            bench.dontWant(2, id(i));
        }
        Message next = bench.own("next");
        assertEquals(3, forwarded(bench.step(new Input.Publish(next)), next).size());
    }

    @Test
    void ownMessagesGoToAllPeersOfTheTopicAndAreNotTakenBack() {
        bench.join().neighbours(0, MESH.dHi() + 5);
        bench.up(70, false);
        Message own = bench.own("hello");
        assertEquals(
                MESH.dHi() + 5,
                forwarded(bench.step(new Input.Publish(own)), own).size());
        assertTrue(bench.send(0, own).isEmpty());
        assertTrue(bench.send(0, bench.own("said before a restart")).isEmpty());
    }

    @Test
    void withoutFloodPublishingTopicsNotJoinedUseTheFanout() {
        MeshParams m = MESH;
        MeshParams lazy = new MeshParams(
                m.d(),
                m.dLo(),
                m.dHi(),
                m.dScore(),
                m.dOut(),
                m.dLazy(),
                m.gossipFactor(),
                m.heartbeatMs(),
                m.fanoutTtlMs(),
                m.cacheWindows(),
                m.gossipWindows(),
                m.seenTtlMs(),
                m.pruneBackoffMs(),
                m.unsubscribeBackoffMs(),
                m.graftFloodMs(),
                m.iwantFollowupMs(),
                m.opportunisticTicks(),
                m.opportunisticPeers(),
                m.prunePeers(),
                false,
                m.dontWantBytes());
        RouterBench quiet = new RouterBench(lazy, ScoreParams.DEFAULT, LIMITS).neighbours(0, 20);
        Message one = quiet.own("one");
        Message two = quiet.own("two");
        var first = Set.copyOf(forwarded(quiet.step(new Input.Publish(one)), one));
        assertEquals(MESH.d(), first.size());
        assertEquals(first, Set.copyOf(forwarded(quiet.step(new Input.Publish(two)), two)));
        quiet.join();
        assertTrue(quiet.router.mesh(TOPIC).containsAll(first));
    }

    @Test
    void graylistedPeersAreNotHeard() {
        bench.join().neighbours(0, 2);
        bench.step(new Input.Opinion(peer(0), ScoreParams.DEFAULT.graylist() - 1));
        assertEquals(List.of(new Effect.Graylisted(peer(0))), bench.send(0, bench.message(9)));
        bench.step(new Input.Opinion(peer(1), ScoreParams.DEFAULT.gossip() - 1));
        assertTrue(bench.have(1, id(1)).isEmpty());
        assertTrue(has(bench.send(1, bench.message(9)), Effect.Validate.class));
    }

    @Test
    void messagesThatBreakTheSigningPolicyAreBlamed() {
        bench.join().neighbours(0, 1);
        Rpc odd = new Rpc(List.of(), List.of(), 7, List.of(), List.of(), List.of(), List.of(), List.of());
        bench.receive(0, odd);
        assertTrue(bench.router.score(peer(0)) < 0);
    }
}
