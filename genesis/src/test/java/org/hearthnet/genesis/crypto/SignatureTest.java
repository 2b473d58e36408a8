package org.hearthnet.genesis.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.junit.jupiter.api.Test;

class SignatureTest {
    public record Note(Amount amount) {}

    private static final Kind<Note> NOTE = Kind.of("test/note/1", Note.class);
    private static final Kind<Note> OTHER = Kind.of("test/other/1", Note.class);
    private static final Hash32 NETWORK = Hashing.in("test/network").finish();

    /** RFC 8032, section 7.1, test 2. */
    @Test
    void agreesWithTheRfc() {
        KeyPair key = KeyPair.fromSeed(
                HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
        assertEquals(
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                key.id().toHex());
        Signature signature = key.sign(new byte[] {0x72});
        assertEquals(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                HexFormat.of().formatHex(signature.toArray()));
        assertTrue(Signing.verify(new byte[] {0x72}, key.id(), signature));
        assertFalse(Signing.verify(new byte[] {0x73}, key.id(), signature));
    }

    @Test
    void aSignatureIsGoodForOneKindOnOneNetwork() {
        KeyPair key = KeyPair.fromSeed(new byte[32]);
        Note note = new Note(Amount.of(5));
        Signature signature = NOTE.sign(key, NETWORK, note);
        assertTrue(NOTE.verify(NETWORK, note, key.id(), signature));
        assertFalse(NOTE.verify(NETWORK, new Note(Amount.of(6)), key.id(), signature));
        assertFalse(NOTE.verify(Hash32.ZERO, note, key.id(), signature));
        assertFalse(OTHER.verify(NETWORK, note, key.id(), signature));
    }

    @Test
    void anEnvelopeOpensOnlyUntouched() {
        KeyPair key = KeyPair.fromSeed(new byte[32]);
        Envelope sealed = Envelope.seal(key, NETWORK, NOTE, new Note(Amount.of(5)));
        assertEquals(new Note(Amount.of(5)), sealed.open(NETWORK, NOTE));
        assertThrows(CodecException.class, () -> sealed.open(Hash32.ZERO, NOTE));
        assertThrows(CodecException.class, () -> sealed.open(NETWORK, OTHER));
        Envelope changed = new Envelope(sealed.signer(), Bytes.fromHex("0000000000000006"), sealed.signature());
        assertThrows(CodecException.class, () -> changed.open(NETWORK, NOTE));
    }

    @Test
    void aKeyNeverPrintsItsSeed() {
        byte[] seed = new byte[32];
        seed[0] = 0x5A;
        assertFalse(KeyPair.fromSeed(seed).toString().contains("5a00"));
    }
}
