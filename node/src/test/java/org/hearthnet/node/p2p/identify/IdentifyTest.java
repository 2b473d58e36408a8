package org.hearthnet.node.p2p.identify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.PeerInfo;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.wire.ProtoWriter;
import org.hearthnet.node.p2p.wire.WireException;
import org.junit.jupiter.api.Test;

class IdentifyTest {
    private final Identity identity = TestHosts.identity(5);

    @Test
    void roundTrip() throws WireException {
        Multiaddr address = TestHosts.parse("/ip4/192.0.2.1/tcp/4001");
        PeerInfo info = new PeerInfo(List.of(address), List.of("/a", "/b"), "p", "agent", Optional.of(address));
        byte[] message = Identify.encode(identity.publicKey(), info);
        assertEquals(info, Identify.decode(message, identity.peerId()));
    }

    @Test
    void anotherPeersKeyIsRefused() {
        byte[] message = new ProtoWriter()
                .bytes(1, TestHosts.identity(6).publicKey().toProtobuf())
                .toBytes();
        assertThrows(WireException.class, () -> Identify.decode(message, identity.peerId()));
    }

    @Test
    void unknownAddressesAreLeftOutAndCountsAreBounded() throws WireException {
        ProtoWriter many = new ProtoWriter();
        many.bytes(2, new byte[] {(byte) 0xcc, 0x03});
        for (int i = 0; i < 2 * Identify.MAX_ADDRESSES; i++) {
            many.bytes(2, TestHosts.parse("/ip4/192.0.2.1/tcp/" + i).toBytes());
        }
        assertEquals(
                Identify.MAX_ADDRESSES,
                Identify.decode(many.toBytes(), identity.peerId())
                        .listenAddresses()
                        .size());
        ProtoWriter protocols = new ProtoWriter();
        for (int i = 0; i <= Identify.MAX_PROTOCOLS; i++) {
            protocols.string(3, "/" + i);
        }
        assertThrows(WireException.class, () -> Identify.decode(protocols.toBytes(), identity.peerId()));
        byte[] longText = new ProtoWriter().string(6, "x".repeat(257)).toBytes();
        assertThrows(WireException.class, () -> Identify.decode(longText, identity.peerId()));
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 100) byte[] bytes) {
        try {
            assertTrue(Identify.decode(bytes, identity.peerId()).protocols().size() <= 50);
        } catch (WireException e) {
            // Refusing is the other right answer.
        }
    }
}
