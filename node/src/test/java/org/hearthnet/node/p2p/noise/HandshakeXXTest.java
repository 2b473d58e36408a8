package org.hearthnet.node.p2p.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.hearthnet.node.p2p.wire.WireException;
import org.junit.jupiter.api.Test;

class HandshakeXXTest {
    /** Noise_XX_25519_ChaChaPoly_SHA256 of the cacophony test vectors. */
    @Test
    void cacophonyVector() throws WireException {
        HandshakeXX initiator = cacophony(true);
        HandshakeXX responder = cacophony(false);
        exchange(initiator, responder, "Ludwig von Mises", MESSAGE_1);
        exchange(responder, initiator, "Murray Rothbard", MESSAGE_2);
        exchange(initiator, responder, "F. A. Hayek", MESSAGE_3);
        assertEquals(TRANSCRIPT, HexFormat.of().formatHex(initiator.transcriptHash()));
        assertEquals(TRANSCRIPT, HexFormat.of().formatHex(responder.transcriptHash()));
        byte[] text = "Carl Menger".getBytes(StandardCharsets.UTF_8);
        byte[] buffer = Arrays.copyOf(text, text.length + CipherState.TAG);
        responder.split()[1].encrypt(buffer, 0, text.length, new byte[0]);
        assertEquals(text.length, initiator.split()[1].decrypt(buffer, 0, buffer.length, new byte[0]));
        assertArrayEquals(text, Arrays.copyOf(buffer, text.length));
    }

    private static final String MESSAGE_1 =
            "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79444c756477696720766f6e204d69736573";
    private static final String MESSAGE_2 = "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843"
            + "81cbad1f276e038c48378ffce2b65285e08d6b68aaa3629a5a8639392490e5b9"
            + "bd5269c2f1e4f488ed8831161f19b7815528f8982ffe09be9b5c412f8a0db50f8814c7194e83f23dbd8d162c9326ad";
    private static final String MESSAGE_3 = "c7195ffacac1307ff99046f219750fc47693e23c3cb08b89c2af808b444850a8"
            + "0ae475b9df0f169ae80a89be0865b57f58c9fea0d4ec82a286427402f113e4b6ae769a1d95941d49b25030";
    private static final String TRANSCRIPT = "c8e5f64e846193be2a834104c2a009868d6c9f3bd3c186299888b488b2f1f58e";

    private static HandshakeXX cacophony(boolean initiator) {
        String fixed = initiator
                ? "e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1"
                : "4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893";
        String ephemeral = initiator
                ? "893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a"
                : "bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b";
        return new HandshakeXX(
                initiator,
                X25519.ofSecret(HexFormat.of().parseHex(fixed)),
                X25519.ofSecret(HexFormat.of().parseHex(ephemeral)),
                "John Galt".getBytes(StandardCharsets.US_ASCII));
    }

    private static void exchange(HandshakeXX from, HandshakeXX to, String payload, String expected)
            throws WireException {
        byte[] message = from.write(payload.getBytes(StandardCharsets.UTF_8));
        assertEquals(expected, HexFormat.of().formatHex(message));
        assertEquals(payload, new String(to.read(message), StandardCharsets.UTF_8));
    }

    /** RFC 7748 section 6.1. */
    @Test
    void diffieHellmanVector() throws WireException {
        X25519 alice = X25519.ofSecret(
                HexFormat.of().parseHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
        X25519 bob = X25519.ofSecret(
                HexFormat.of().parseHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
        assertEquals(
                "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
                HexFormat.of().formatHex(alice.publicKey()));
        assertEquals(
                "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
                HexFormat.of().formatHex(bob.publicKey()));
        String shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
        assertEquals(shared, HexFormat.of().formatHex(alice.agree(bob.publicKey())));
        assertEquals(shared, HexFormat.of().formatHex(bob.agree(alice.publicKey())));
    }

    @Test
    void keysOfSmallOrderAreRefused() {
        X25519 mine = X25519.ofSecret(new byte[32]);
        byte[] one = new byte[32];
        one[0] = 1;
        assertThrows(WireException.class, () -> mine.agree(new byte[32]));
        assertThrows(WireException.class, () -> mine.agree(one));
        assertThrows(WireException.class, () -> mine.agree(new byte[31]));
    }

    @Test
    void changedMessagesAreRefused() throws WireException {
        byte[] second = messageTwo();
        for (int i = 0; i < second.length; i += 5) {
            HandshakeXX initiator = cacophony(true);
            initiator.write(new byte[0]);
            byte[] changed = second.clone();
            changed[i] ^= 0x20;
            assertThrows(WireException.class, () -> initiator.read(changed));
            HandshakeXX another = cacophony(true);
            another.write(new byte[0]);
            int length = i;
            assertThrows(WireException.class, () -> another.read(Arrays.copyOf(second, length)));
        }
    }

    private static byte[] messageTwo() throws WireException {
        HandshakeXX initiator = cacophony(true);
        HandshakeXX responder = cacophony(false);
        responder.read(initiator.write(new byte[0]));
        return responder.write(new byte[] {1, 2, 3});
    }

    @Test
    void turnsAreKept() throws WireException {
        HandshakeXX initiator = cacophony(true);
        assertThrows(IllegalStateException.class, () -> initiator.read(new byte[32]));
        assertThrows(IllegalStateException.class, initiator::split);
        initiator.write(new byte[0]);
        assertThrows(IllegalStateException.class, () -> initiator.write(new byte[0]));
    }
}
