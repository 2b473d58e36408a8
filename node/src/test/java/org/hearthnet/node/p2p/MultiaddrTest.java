package org.hearthnet.node.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hearthnet.node.p2p.wire.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiaddrTest {
    private static final String PEER = "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/127.0.0.1/tcp/1234",
                "/ip4/0.0.0.0/tcp/0",
                "/ip6/::1/tcp/65535",
                "/ip6/2001:db8::8a2e:370:7334/tcp/80",
                "/ip6/2001:db8:0:1:1:1:1:1/tcp/80",
                "/ip6/::ffff:c000:201/tcp/80",
                "/ip6/::/tcp/1",
                "/dns4/example.org/tcp/4001",
                "/dns/node-1.example.org/tcp/4001/p2p/" + PEER,
                "/p2p/" + PEER
            })
    void roundTrips(String text) throws WireException {
        Multiaddr address = Multiaddr.parse(text);
        assertEquals(text, address.toString());
        assertEquals(address, Multiaddr.ofBytes(address.toBytes()));
        assertEquals(address.hashCode(), Multiaddr.ofBytes(address.toBytes()).hashCode());
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/127.0.0.1/tcp/1234,047f0000010604d2",
        "/ip6/::1/tcp/80,290000000000000000000000000000000106" + "0050",
        "/dns4/ab/tcp/1,36026162060001"
    })
    void binaryForms(String text, String hex) throws WireException {
        assertEquals(hex, HexFormat.of().formatHex(Multiaddr.parse(text).toBytes()));
    }

    @Test
    void textsOfOneAddressBecomeOne() throws WireException {
        assertEquals(
                "/ip6/2001:db8::1/tcp/1",
                Multiaddr.parse("/ip6/2001:0DB8:0:0:0::1/tcp/1").toString());
        assertEquals(
                "/ip6/::ffff:102:304/tcp/1",
                Multiaddr.parse("/ip6/::ffff:1.2.3.4/tcp/1").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "ip4/1.2.3.4",
                "/ip4",
                "/ip4/1.2.3.4/tcp",
                "/ip4/1.2.3.4/tcp/65536",
                "/ip4/1.2.3.4/tcp/-1",
                "/ip4/1.2.3.4/tcp/080",
                "/ip4/1.2.3/tcp/1",
                "/ip4/1.2.3.256/tcp/1",
                "/ip4/01.2.3.4/tcp/1",
                "/ip4/localhost/tcp/1",
                "/ip6/1.2.3.4/tcp/1",
                "/ip6/example.org/tcp/1",
                "/ip6/fe80::1%eth0/tcp/1",
                "/ip6/12345::/tcp/1",
                "/dns4/Example.org/tcp/1",
                "/dns4/-a/tcp/1",
                "/dns4/a..b/tcp/1",
                "/udp/1",
                "/ip4/1.2.3.4/tcp/1/",
                "/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N"
            })
    void malformedTextIsRefused(String text) {
        assertThrows(WireException.class, () -> Multiaddr.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "04", "047f0000", "0604", "ff", "8004", "0601", "36ff01", "3600", "a50301", "3603612f62"})
    void malformedBytesAreRefused(String hex) {
        assertThrows(WireException.class, () -> Multiaddr.ofBytes(HexFormat.of().parseHex(hex)));
    }

    @Test
    void lengthIsBounded() {
        assertThrows(WireException.class, () -> Multiaddr.parse("/tcp/1".repeat(Multiaddr.MAX_PARTS + 1)));
        assertThrows(WireException.class, () -> Multiaddr.parse("/dns/" + "a".repeat(64) + "/tcp/1"));
        assertThrows(WireException.class, () -> Multiaddr.parse("/dns/" + "a.".repeat(2000) + "a"));
        assertThrows(WireException.class, () -> Multiaddr.ofBytes(new byte[Multiaddr.MAX_BYTES + 1]));
    }

    @Property
    void anyBytesAreAnAddressOfThoseBytesOrRefused(@ForAll @Size(max = 80) byte[] bytes) {
        try {
            Multiaddr address = Multiaddr.ofBytes(bytes);
            assertEquals(HexFormat.of().formatHex(bytes), HexFormat.of().formatHex(address.toBytes()));
            assertEquals(address, Multiaddr.parse(address.toString()));
        } catch (WireException e) {
            // Refusing is the other right answer.
        }
    }

    @Test
    void peersAndTargets() throws WireException {
        Multiaddr plain = Multiaddr.parse("/dns4/example.org/tcp/4001");
        PeerId peer = PeerId.parse(PEER);
        Multiaddr named = plain.withPeer(peer);
        assertEquals(Optional.of(peer), named.peer());
        assertEquals(plain, named.withoutPeer());
        assertEquals(named, named.withPeer(peer));
        assertEquals(Optional.of(InetSocketAddress.createUnresolved("example.org", 4001)), named.tcpTarget());
        assertTrue(Multiaddr.parse("/p2p/" + PEER).tcpTarget().isEmpty());
        assertTrue(Multiaddr.parse("/tcp/1/tcp/2").tcpTarget().isEmpty());
    }
}
