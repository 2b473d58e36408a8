package org.hearthnet.genesis.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.util.BigIntegers;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VrfTest {
    /** As it would stand in a message. */
    public record Message(VrfPublicKey key, VrfProof proof) {}

    private static final byte[] ALPHA = {1, 2, 3};

    @Property(tries = 60)
    void theProofOfAKeyIsGoodForItsInputOnly(
            @ForAll @Size(32) byte[] seed, @ForAll @Size(max = 100) byte[] alpha, @ForAll int place) {
        VrfKey key = VrfKey.of(KeyPair.fromSeed(seed));
        VrfProof proof = key.prove(alpha);
        assertEquals(proof, key.prove(alpha), "one key and input, one proof");
        Optional<Hash32> output = proof.output();
        assertTrue(output.isPresent());
        assertEquals(output, key.publicKey().verify(alpha, proof));
        byte[] longer = Arrays.copyOf(alpha, alpha.length + 1);
        assertEquals(Optional.empty(), key.publicKey().verify(longer, proof));
        if (alpha.length > 0) {
            assertEquals(Optional.empty(), key.publicKey().verify(flip(alpha, place), proof));
        }
    }

    @Property(tries = 30)
    void anotherKeyRefuses(@ForAll @Size(32) byte[] seed, @ForAll int place) {
        VrfKey key = VrfKey.of(KeyPair.fromSeed(seed));
        VrfKey other = VrfKey.of(KeyPair.fromSeed(flip(seed, place)));
        assertNotEquals(key.publicKey(), other.publicKey());
        assertEquals(Optional.empty(), other.publicKey().verify(ALPHA, key.prove(ALPHA)));
        assertNotEquals(key.prove(ALPHA).output(), other.prove(ALPHA).output());
    }

    /** All 648 bits, one after the other: not a sample. */
    @Test
    void everyFlippedBitOfAProofIsRefused() {
        VrfKey key = VrfKey.of(KeyPair.fromSeed(new byte[32]));
        byte[] proof = key.prove(ALPHA).bytes().toArray();
        for (int bit = 0; bit < proof.length * 8; bit++) {
            VrfProof changed = new VrfProof(Bytes.owned(flip(proof, bit)));
            assertEquals(Optional.empty(), key.publicKey().verify(ALPHA, changed), "bit " + bit);
        }
    }

    @Test
    void everyFlippedBitOfAKeyIsRefused() {
        VrfKey key = VrfKey.of(KeyPair.fromSeed(new byte[32]));
        VrfProof proof = key.prove(ALPHA);
        byte[] encoded = key.publicKey().bytes().toArray();
        for (int bit = 0; bit < encoded.length * 8; bit++) {
            Bytes changed = Bytes.owned(flip(encoded, bit));
            if ((changed.get(0) & 0xFE) == 2) {
                assertEquals(Optional.empty(), new VrfPublicKey(changed).verify(ALPHA, proof), "bit " + bit);
            } else {
                assertThrows(IllegalArgumentException.class, () -> new VrfPublicKey(changed), "bit " + bit);
            }
        }
    }

    /** s and s + order answer the same challenge; if both were accepted, a stranger could make a second proof from a first. */
    @Test
    void aResponseThatIsNotReducedIsRefused() {
        // An honest s is small enough for s + order once in 2^32 proofs, so the place is filled by hand.
        assertTrue(decodesWith(Ecvrf.ORDER.subtract(BigInteger.ONE)));
        assertFalse(decodesWith(Ecvrf.ORDER));
        assertFalse(decodesWith(Ecvrf.ORDER.add(BigInteger.ONE)));
        assertFalse(decodesWith(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)));
    }

    private static boolean decodesWith(BigInteger s) {
        byte[] gamma =
                VrfKey.of(KeyPair.fromSeed(new byte[32])).publicKey().bytes().toArray();
        byte[] all = Arrays.copyOf(gamma, VrfProof.BYTES);
        BigIntegers.asUnsignedByteArray(s, all, VrfProof.BYTES - 32, 32);
        return Ecvrf.decode(new VrfProof(Bytes.owned(all))).isPresent();
    }

    @Test
    void aGammaThatIsNoPointHasNoOutput() {
        byte[] all = new byte[VrfProof.BYTES];
        all[0] = 2;
        Arrays.fill(all, 1, 33, (byte) 0xFF); // x is over the prime
        assertEquals(Optional.empty(), new VrfProof(Bytes.owned(all)).output());
        assertEquals(Optional.empty(), new VrfProof(Bytes.owned(new byte[VrfProof.BYTES])).output());
    }

    @Test
    void aKeyThatIsNoPointIsInvalidAndVerifiesNothing() {
        VrfProof proof = VrfKey.of(KeyPair.fromSeed(new byte[32])).prove(ALPHA);
        int invalid = 0;
        for (int x = 0; x < 64; x++) {
            byte[] bytes = new byte[VrfPublicKey.BYTES];
            bytes[0] = 2;
            bytes[32] = (byte) x;
            VrfPublicKey key = new VrfPublicKey(Bytes.owned(bytes));
            invalid += key.isValid() ? 0 : 1;
            assertEquals(Optional.empty(), key.verify(ALPHA, proof));
        }
        assertTrue(invalid > 16 && invalid < 48, "about half of all x are on the curve, off it were " + invalid);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 34, 65})
    void keysOfOtherLengthsAreRefused(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 2);
        assertThrows(IllegalArgumentException.class, () -> new VrfPublicKey(Bytes.of(bytes)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 80, 82})
    void proofsOfOtherLengthsAreRefused(int length) {
        assertThrows(IllegalArgumentException.class, () -> new VrfProof(Bytes.of(new byte[length])));
    }

    @Test
    void secretsOutsideTheGroupAreRefused() {
        byte[] order = BigIntegers.asUnsignedByteArray(32, Ecvrf.ORDER);
        assertThrows(IllegalArgumentException.class, () -> VrfKey.fromScalar(order));
        assertThrows(IllegalArgumentException.class, () -> VrfKey.fromScalar(new byte[32]));
        assertThrows(IllegalArgumentException.class, () -> VrfKey.fromScalar(new byte[] {1}));
        byte[] largest = BigIntegers.asUnsignedByteArray(32, Ecvrf.ORDER.subtract(BigInteger.ONE));
        assertTrue(VrfKey.fromScalar(largest).publicKey().isValid());
    }

    @Test
    void inputsAreBounded() {
        VrfKey key = VrfKey.of(KeyPair.fromSeed(new byte[32]));
        byte[] longest = new byte[VrfKey.MAX_ALPHA_BYTES];
        VrfProof proof = key.prove(longest);
        assertTrue(key.publicKey().verify(longest, proof).isPresent());
        byte[] longer = new byte[VrfKey.MAX_ALPHA_BYTES + 1];
        assertThrows(IllegalArgumentException.class, () -> key.prove(longer));
        assertThrows(IllegalArgumentException.class, () -> key.publicKey().verify(longer, proof));
    }

    /** Another derivation would give every registered account another key: this value must never change. */
    @Test
    void theKeyOfASeedIsFixedAndIsNotTheSeed() {
        byte[] seed = Bytes.fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
                .toArray();
        VrfKey derived = VrfKey.of(KeyPair.fromSeed(seed));
        assertEquals(
                "03474f26939a45fff23ab7c6430011883904206a5eb8ab90caa8492fc32cd0b9a6",
                derived.publicKey().bytes().toHex());
        assertNotEquals(VrfKey.fromScalar(seed).publicKey(), derived.publicKey());
        assertFalse(derived.toString().contains("000102"));
    }

    @Test
    void keysAndProofsHaveOneEncoding() {
        Codec<Message> codec = Codec.of(Message.class);
        VrfKey key = VrfKey.of(KeyPair.fromSeed(new byte[32]));
        Message message = new Message(key.publicKey(), key.prove(ALPHA));
        byte[] encoded = codec.encode(message);
        assertEquals(message, codec.decode(encoded));
        encoded[4] = 4; // an uncompressed point's mark
        assertThrows(CodecException.class, () -> codec.decode(encoded));
    }

    private static byte[] flip(byte[] bytes, int bit) {
        byte[] out = bytes.clone();
        int at = Math.floorMod(bit, bytes.length * 8);
        out[at / 8] ^= (byte) (1 << (at % 8));
        return out;
    }
}
