package org.hearthnet.node.p2p.gossipsub;

import static org.hearthnet.node.p2p.gossipsub.RouterBench.SELF;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.TOPIC;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.has;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.peer;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hearthnet.node.p2p.PeerId;
import org.junit.jupiter.api.Test;

class MeshTest {
    private static final MeshParams MESH = MeshParams.DEFAULT;

    private final RouterBench bench = new RouterBench();

    private Set<PeerId> mesh() {
        return bench.router.mesh(TOPIC);
    }

    @Test
    void fewPeersAreAllGraftedWithoutWaitingForAHeartbeat() {
        bench.join();
        bench.up(0, false);
        List<Effect> effects = bench.subscribe(0);
        assertEquals(Set.of(peer(0)), mesh());
        assertEquals(List.of(TOPIC), sent(effects, peer(0)).getFirst().graft());
        bench.neighbours(1, MESH.dHi());
        assertEquals(MESH.dHi(), mesh().size());
    }

    @Test
    void newPeersAreToldWhatIsJoinedAndAllOfThemWhatIsLeft() {
        bench.join();
        List<Effect> effects = bench.up(0, true);
        assertEquals(
                List.of(new Rpc.Subscription(TOPIC, true)),
                sent(effects, peer(0)).getFirst().subscriptions());
        bench.subscribe(0);
        Rpc last = sent(bench.step(new Input.Leave(TOPIC)), peer(0)).getFirst();
        assertEquals(List.of(new Rpc.Subscription(TOPIC, false)), last.subscriptions());
        assertEquals(MESH.unsubscribeBackoffMs() / 1000, last.prune().getFirst().backoffSeconds());
        assertTrue(mesh().isEmpty());
    }

    @Test
    void fullMeshTakesOutboundPeersOnlyAndOffersOthersToTheRest() {
        bench.join().neighbours(0, MESH.dHi());
        bench.up(50, false);
        bench.subscribe(50);
        Rpc.Prune prune = sent(bench.graft(50), peer(50)).getFirst().prune().getFirst();
        assertEquals(MESH.prunePeers(), prune.peers().size());
        assertEquals(MESH.pruneBackoffMs() / 1000, prune.backoffSeconds());
        assertFalse(prune.peers().contains(peer(50)));
        bench.up(51, true);
        bench.subscribe(51);
        assertTrue(sent(bench.graft(51), peer(51)).isEmpty());
        assertTrue(mesh().contains(peer(51)));
    }

    @Test
    void overfullMeshIsCutToTheBestAndSomeOthersWithEnoughDialledOnes() {
        bench.join().neighbours(0, MESH.dHi());
        for (int i = 40; i < 40 + MESH.dOut(); i++) {
            bench.up(i, true);
            bench.subscribe(i);
            bench.graft(i);
        }
        for (int good = 0; good < MESH.dScore(); good++) {
            bench.deliver(good, bench.message(90), Verdict.ACCEPT);
        }
        List<Effect> effects = bench.heartbeat();
        assertEquals(MESH.d(), mesh().size());
        long outbound = IntStream.range(40, 40 + MESH.dOut())
                .filter(i -> mesh().contains(peer(i)))
                .count();
        assertEquals(MESH.dOut(), outbound);
        long best = IntStream.range(0, MESH.dScore())
                .filter(i -> mesh().contains(peer(i)))
                .count();
        assertTrue(best >= MESH.d() - MESH.dOut(), best + " of the best are left");
        long pruned = effects.stream()
                .filter(e ->
                        e instanceof Effect.Send send && !send.rpc().prune().isEmpty())
                .count();
        assertEquals(MESH.dHi() + MESH.dOut() - MESH.d(), pruned);
    }

    @Test
    void graftWithinTheBackOffIsRefusedAndBlamed() {
        bench.join().neighbours(0, 1);
        bench.prune(0, 60);
        assertFalse(mesh().contains(peer(0)));
        bench.heartbeats(5);
        assertFalse(mesh().contains(peer(0)), "no graft of our own either");
        for (int i = 0; i < 3; i++) {
            assertEquals(1, sent(bench.graft(0), peer(0)).getFirst().prune().size());
        }
        assertTrue(bench.router.score(peer(0)) < 0);
        bench.heartbeats(200);
        assertTrue(mesh().contains(peer(0)), "all is forgiven in time");
    }

    @Test
    void agreedBackOffIsKeptToTheSecondAndBoundedAboveThat() {
        bench.join().neighbours(0, 1);
        bench.prune(0, 7);
        bench.heartbeats(7);
        assertFalse(mesh().contains(peer(0)), "the slack of a heartbeat is not over");
        bench.heartbeats(2);
        assertTrue(mesh().contains(peer(0)));
        bench.prune(0, Long.MAX_VALUE);
        bench.nowMs += Backoffs.LONGEST_MS;
        bench.heartbeats(3);
        assertTrue(mesh().contains(peer(0)));
    }

    @Test
    void badPeersAreThrownOutAndNotTakenIn() {
        bench.join().neighbours(0, 3);
        bench.deliver(0, bench.message(0), Verdict.REJECT);
        List<Effect> effects = bench.heartbeat();
        assertFalse(mesh().contains(peer(0)));
        Rpc.Prune prune = sent(effects, peer(0)).getFirst().prune().getFirst();
        assertTrue(prune.peers().isEmpty(), "nobody is offered to it");
        bench.nowMs += MESH.pruneBackoffMs() * 2;
        assertEquals(1, sent(bench.graft(0), peer(0)).getFirst().prune().size());
    }

    @Test
    void unknownTopicsAreNotAnswered() {
        bench.up(0, false);
        assertTrue(bench.graft(0).isEmpty());
        assertTrue(bench.prune(0, 60).isEmpty());
    }

    @Test
    void offeredPeersAreTakenFromGoodPeersOnly() {
        bench.join().neighbours(0, 2);
        assertFalse(has(bench.prune(1, 60, peer(80)), Effect.Connect.class), "from somebody unknown");
        for (int i = 0; i < 12; i++) {
            bench.deliver(0, bench.message(90), Verdict.ACCEPT);
        }
        List<Effect> effects = bench.prune(0, 60, peer(80), SELF, peer(1));
        assertEquals(List.of(new Effect.Connect(List.of(peer(80)))), effects);
    }

    @Test
    void poorMeshTakesInBetterPeersNowAndThen() {
        bench.join().neighbours(0, MESH.dHi()).neighbours(100, 110);
        // The mesh is idle; peer 100 is outside of it and has given us something.
        assertFalse(mesh().contains(peer(100)));
        bench.deliver(100, bench.message(90), Verdict.ACCEPT);
        bench.heartbeats(MESH.opportunisticTicks() - 1);
        assertFalse(mesh().contains(peer(100)));
        bench.deliver(100, bench.message(90), Verdict.ACCEPT);
        bench.heartbeat();
        assertTrue(mesh().contains(peer(100)));
    }

    @Test
    void quietMeshLosesItsPeersOnlyByTheirLeaving() {
        bench.join().neighbours(0, 5);
        bench.heartbeats(500);
        assertEquals(5, mesh().size());
        bench.step(new Input.PeerDown(peer(0)));
        assertEquals(4, mesh().size());
        assertEquals(4, bench.router.members(TOPIC).size());
    }

    /** A node that stops leaves all topics, and grafts again as soon as it is back: that is no attack. */
    @Test
    void whoComesBackIsTakenInAgain() {
        bench.join().neighbours(0, 3);
        for (int restart = 0; restart < 10; restart++) {
            bench.prune(1, 10);
            assertFalse(mesh().contains(peer(1)));
            bench.step(new Input.PeerDown(peer(1)));
            bench.up(1, false);
            bench.subscribe(1);
            bench.graft(1);
            assertTrue(mesh().contains(peer(1)));
        }
        assertTrue(bench.router.score(peer(1)) >= 0);
    }

    /** Who was pruned and comes back is refused, once without blame: it is told then. */
    @Test
    void whoWasPrunedBeforeItsRestartIsToldAgain() {
        bench.join().neighbours(0, MESH.dHi());
        bench.up(50, false);
        bench.subscribe(50);
        bench.graft(50);
        double before = bench.router.score(peer(50));
        bench.step(new Input.PeerDown(peer(50)));
        bench.up(50, false);
        bench.subscribe(50);
        assertEquals(1, sent(bench.graft(50), peer(50)).getFirst().prune().size());
        assertEquals(before, bench.router.score(peer(50)), 1e-9);
        for (int i = 0; i < 5; i++) {
            bench.graft(50);
        }
        assertTrue(bench.router.score(peer(50)) < before);
    }
}
