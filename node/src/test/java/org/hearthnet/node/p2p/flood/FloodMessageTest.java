package org.hearthnet.node.p2p.flood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.wire.ProtoWriter;
import org.hearthnet.node.p2p.wire.WireException;
import org.junit.jupiter.api.Test;

class FloodMessageTest {
    private static final String NET = "/net/flood/1";
    private final Identity identity = TestHosts.identity(1);
    private final FloodMessage message = FloodMessage.sign(identity, NET, "blocks", 7, new byte[] {1, 2, 3});

    @Test
    void roundTrip() throws WireException {
        FloodMessage read = FloodMessage.decode(message.encode());
        assertEquals("blocks", read.topic());
        assertEquals(7, read.sequence());
        assertEquals(identity.peerId(), read.senderPeer());
        assertArrayEquals(new byte[] {1, 2, 3}, read.payload());
        assertTrue(read.isAuthentic(NET));
        assertEquals(message.id(NET), read.id(NET));
    }

    @Test
    void everyPartIsSigned() {
        byte[] good = message.encode();
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            try {
                assertFalse(FloodMessage.decode(changed).isAuthentic(NET), "byte " + i);
            } catch (WireException e) {
                // Not even readable.
            }
        }
        assertFalse(message.isAuthentic("/another/flood/1"));
    }

    @Test
    void idsTellMessagesApart() {
        assertNotEquals(
                message.id(NET),
                FloodMessage.sign(identity, NET, "blocks", 8, new byte[] {1, 2, 3})
                        .id(NET));
        assertNotEquals(
                message.id(NET),
                FloodMessage.sign(identity, NET, "block", 7, new byte[] {'s', 1, 2, 3})
                        .id(NET));
        assertEquals(
                message.id(NET),
                FloodMessage.sign(identity, NET, "blocks", 7, new byte[] {1, 2, 3})
                        .id(NET));
    }

    @Test
    void oneMessageHasOneEncoding() {
        byte[] good = message.encode();
        byte[] trailing = Arrays.copyOf(good, good.length + 2);
        trailing[good.length] = 0x30;
        assertThrows(WireException.class, () -> FloodMessage.decode(trailing));
        assertThrows(WireException.class, () -> FloodMessage.decode(Arrays.copyOf(good, good.length - 1)));
        byte[] reordered = new ProtoWriter().varint(2, 7).string(1, "blocks").toBytes();
        assertThrows(WireException.class, () -> FloodMessage.decode(reordered));
        byte[] longTopic = new ProtoWriter().string(1, "x".repeat(129)).toBytes();
        assertThrows(WireException.class, () -> FloodMessage.decode(longTopic));
    }

    @Property
    void anyBytesAreRefused(@ForAll @Size(max = 200) byte[] bytes) {
        assertThrows(WireException.class, () -> FloodMessage.decode(bytes));
    }
}
