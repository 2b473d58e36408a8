package org.hearthnet.node.p2p.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.Effect;
import org.hearthnet.node.p2p.gossipsub.Input;
import org.hearthnet.node.p2p.gossipsub.MeshParams;
import org.hearthnet.node.p2p.gossipsub.Router;
import org.hearthnet.node.p2p.gossipsub.RouterLimits;
import org.hearthnet.node.p2p.gossipsub.RouterStats;
import org.hearthnet.node.p2p.gossipsub.Rpc;
import org.hearthnet.node.p2p.gossipsub.RpcCodec;
import org.hearthnet.node.p2p.gossipsub.ScoreParams;
import org.hearthnet.node.p2p.gossipsub.Verdict;
import org.hearthnet.node.p2p.gossipsub.Version;
import org.hearthnet.node.p2p.wire.WireException;

/** Any bytes are an RPC or are refused, and whatever peers send, a router stays within its limits. */
class GossipFuzzTest {
    private static final String TOPIC = "t";
    private static final int PEERS = 6;
    private static final RouterLimits LIMITS =
            new RouterLimits(PEERS, 4, 4, 20, 8, 1 << 20, 5, 1 << 20, 3, 4, 16, 1 << 20, 2, 6, 8, 4);

    private static final Map<Integer, PeerId> PEER_IDS = new ConcurrentHashMap<>();

    @FuzzTest(maxDuration = "5m")
    void anythingIsTakenOrRefused(FuzzedDataProvider data) {
        if (data.consumeBoolean()) {
            decode(data.consumeRemainingAsBytes());
        } else {
            drive(data);
        }
    }

    private static void decode(byte[] bytes) {
        try {
            byte[] canonical = RpcCodec.encode(RpcCodec.decode(bytes));
            assertArrayEquals(canonical, RpcCodec.encode(RpcCodec.decode(canonical)));
        } catch (WireException refused) {
            // as it should be
        }
    }

    private static void drive(FuzzedDataProvider data) {
        Router router = new Router(
                peer(99), MeshParams.DEFAULT, ScoreParams.DEFAULT, LIMITS, new SplittableRandom(data.consumeLong()));
        Queue<Effect.Validate> waiting = new ArrayDeque<>();
        router.step(new Input.Join(TOPIC), 0);
        long now = 0;
        for (int steps = 0; data.remainingBytes() > 0 && steps < 500; steps++) {
            now += data.consumeInt(0, 2_000);
            for (Effect effect : router.step(next(data, waiting), now)) {
                if (effect instanceof Effect.Validate validate) {
                    waiting.add(validate);
                }
            }
            check(router, waiting.size());
        }
    }

    private static Input next(FuzzedDataProvider data, Queue<Effect.Validate> waiting) {
        PeerId peer = peer(data.consumeInt(0, PEERS + 2));
        return switch (data.consumeInt(0, 6)) {
            case 0 ->
                new Input.PeerUp(peer, data.pickValue(Version.values()), data.consumeBoolean(), data.consumeString(2));
            case 1 -> new Input.PeerDown(peer);
            case 2 -> new Input.Heartbeat();
            case 3 -> {
                Effect.Validate first = waiting.poll();
                yield first == null
                        ? new Input.Heartbeat()
                        : new Input.Judged(first.message(), first.from(), data.pickValue(Verdict.values()));
            }
            default -> new Input.Received(peer, rpc(data.consumeBytes(data.consumeInt(0, 400))));
        };
    }

    private static Rpc rpc(byte[] bytes) {
        try {
            return RpcCodec.decode(bytes);
        } catch (WireException refused) {
            Rpc.Prune prune = new Rpc.Prune(TOPIC, List.of(peer(7)), bytes.length);
            return new Rpc(
                    List.of(new Rpc.Subscription(TOPIC, bytes.length % 3 > 0)),
                    List.of(),
                    bytes.length % 2,
                    List.of(),
                    List.of(),
                    bytes.length % 5 > 1 ? List.of(TOPIC) : List.of(),
                    bytes.length % 7 == 1 ? List.of(prune) : List.of(),
                    List.of());
        }
    }

    private static void check(Router router, int waiting) {
        RouterStats stats = router.stats();
        assertTrue(stats.peers() <= LIMITS.peers());
        assertTrue(stats.seen() <= LIMITS.seen());
        assertTrue(stats.cached() <= LIMITS.cachedMessages() && stats.cachedBytes() <= LIMITS.cachedBytes());
        assertTrue(waiting <= LIMITS.validating());
        assertTrue(router.mesh(TOPIC).size() <= LIMITS.peers());
        assertTrue(router.members(TOPIC).containsAll(router.mesh(TOPIC)), "whoever is in the mesh is in the topic");
    }

    private static PeerId peer(int number) {
        byte[] seed = new byte[Identity.SEED_SIZE];
        seed[0] = (byte) number;
        return PEER_IDS.computeIfAbsent(number, n -> Identity.ofSeed(seed).peerId());
    }
}
