package org.hearthnet.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.gossipsub.GossipClock;
import org.hearthnet.node.p2p.gossipsub.GossipsubConfig;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.junit.jupiter.api.Test;

class AddressNoticesTest {
    private static final long HEIGHT = 10_000;

    private static GossipsubService pubsub(Libp2pHost host, long seed) {
        return new GossipsubService(
                host,
                TestHosts.identity(seed),
                GossipsubConfig.of("/test"),
                GossipClock.system(),
                System.currentTimeMillis() * 1_000,
                (peer, why) -> fail(why));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertTrue(condition.getAsBoolean());
    }

    private static List<Multiaddr> known(Libp2pHost host, Libp2pHost of) {
        return host.addressBook().addresses(of.id());
    }

    @Test
    void whoeverIsSoughtAnswersThroughTheNodesBetween() throws Exception {
        try (var middle = TestHosts.start(1);
                var left = TestHosts.start(2);
                var right = TestHosts.start(3);
                var middleFlood = pubsub(middle, 1);
                var leftFlood = pubsub(left, 2);
                var rightFlood = pubsub(right, 3);
                var middleNotices = new AddressNotices(middleFlood, middle, () -> HEIGHT);
                var rightNotices = new AddressNotices(rightFlood, right, () -> HEIGHT)) {
            right.dial(TestHosts.address(middle), TestHosts.soon());
            await(() -> !known(middle, right).isEmpty());
            Thread.sleep(1_000); // what was told before the other came is gone
            try (var leftNotices = new AddressNotices(leftFlood, left, () -> HEIGHT)) {
                left.dial(TestHosts.address(middle), TestHosts.soon());
                await(() -> {
                    leftNotices.seek(Peers.nodeId(right.id()));
                    return !known(left, right).isEmpty();
                });
                assertEquals(
                        right.listenAddresses().getFirst().tcpTarget(),
                        known(left, right).getFirst().tcpTarget());
            }
        }
    }

    @Test
    void oldNoticesAndFloodsOfThemAreIgnored() throws Exception {
        Multiaddr somewhere = TestHosts.parse("/ip4/192.0.2.1/tcp/1");
        try (var listener = TestHosts.start(1);
                var speaker = TestHosts.start(2);
                var listenerFlood = pubsub(listener, 1);
                var speakerFlood = pubsub(speaker, 2);
                var notices = new AddressNotices(listenerFlood, listener, () -> HEIGHT)) {
            speakerFlood.subscribe(
                    AddressNotices.TOPIC, (m, from) -> org.hearthnet.node.p2p.gossipsub.Verdict.ACCEPT, m -> {});
            speaker.dial(TestHosts.address(listener), TestHosts.soon());
            await(() -> listenerFlood.neighbours() > 0 && speakerFlood.neighbours() > 0);
            say(speakerFlood, HEIGHT - AddressNotices.MAX_BLOCKS_AWAY - 1, somewhere);
            // A marker that is taken shows that what came before it was not.
            Multiaddr marker = TestHosts.parse("/ip4/192.0.2.2/tcp/2");
            await(() -> {
                say(speakerFlood, HEIGHT, marker);
                return known(listener, speaker).contains(marker);
            });
            assertFalse(known(listener, speaker).contains(somewhere));
            for (int i = 0; i < 100; i++) {
                say(speakerFlood, HEIGHT, marker);
            }
            say(speakerFlood, HEIGHT, somewhere);
            Thread.sleep(500);
            assertFalse(known(listener, speaker).contains(somewhere), "over the quota");
        }
    }

    private static void say(GossipsubService pubsub, long height, Multiaddr address) {
        pubsub.publish(
                AddressNotices.TOPIC,
                AddressNotices.CODEC.encode(new AddressNotices.Here(height, List.of(address.toString()))));
    }
}
