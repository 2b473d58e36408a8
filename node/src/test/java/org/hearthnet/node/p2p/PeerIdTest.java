package org.hearthnet.node.p2p;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hearthnet.node.p2p.wire.WireException;
import org.junit.jupiter.api.Test;

class PeerIdTest {
    private static final String SEED = "7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d";
    private static final String PUBLIC = "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";

    /** The Ed25519 test vector of the peer-ids specification. */
    @Test
    void specificationKey() throws WireException {
        Identity identity = Identity.ofSeed(HexFormat.of().parseHex(SEED));
        byte[] protobuf = identity.publicKey().toProtobuf();
        assertEquals("08011220" + PUBLIC, HexFormat.of().formatHex(protobuf));
        assertEquals(identity.publicKey(), PublicKey.fromProtobuf(protobuf));
    }

    /** The example of an Ed25519 peer id in the peer-ids specification. */
    @Test
    void specificationPeerId() throws WireException {
        String text = "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA";
        PeerId id = PeerId.parse(text);
        assertEquals(text, id.toString());
        assertEquals(id, PeerId.ofBytes(id.toBytes()));
        assertEquals(id, PeerId.of(id.publicKey()));
    }

    @Test
    void otherNamesAreRefused() {
        // A hashed (RSA) name, a cut one, one with a character too many, and nothing.
        for (String text : new String[] {
            "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
            "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5S",
            "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SAA",
            ""
        }) {
            assertThrows(WireException.class, () -> PeerId.parse(text));
        }
    }

    @Test
    void otherKeyTypesAreRefused() {
        for (String hex :
                new String[] {"", "0800" + "1220" + PUBLIC, "0802" + "1220" + PUBLIC, "08011202abcd", "0801"}) {
            assertThrows(
                    WireException.class,
                    () -> PublicKey.fromProtobuf(HexFormat.of().parseHex(hex)));
        }
    }

    /** RFC 8032 section 7.1, test 2. */
    @Test
    void signatures() {
        Identity identity = Identity.ofSeed(
                HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
        byte[] message = {0x72};
        byte[] signature = identity.sign(message);
        assertArrayEquals(
                HexFormat.of()
                        .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
                signature);
        assertTrue(identity.publicKey().verify(message, signature));
        assertFalse(identity.publicKey().verify("r!".getBytes(StandardCharsets.US_ASCII), signature));
        signature[3] ^= 1;
        assertFalse(identity.publicKey().verify(message, signature));
        assertFalse(identity.publicKey().verify(message, new byte[5]));
    }

    @Test
    void privateKeysAreNotPrinted() {
        Identity identity = Identity.ofSeed(HexFormat.of().parseHex(SEED));
        assertFalse(identity.toString().contains("7e0830"));
        assertNotEquals(identity.peerId(), TestHosts.identity(1).peerId());
    }
}
