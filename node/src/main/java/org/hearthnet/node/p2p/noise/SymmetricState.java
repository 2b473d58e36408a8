package org.hearthnet.node.p2p.noise;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hearthnet.node.p2p.wire.WireException;
import org.jspecify.annotations.Nullable;

/** Chaining key, transcript hash and current cipher of a handshake (Noise section 5.2), with SHA-256. */
final class SymmetricState {
    private static final byte[] NOTHING = {};

    private byte[] chainingKey;
    private byte[] hash;
    private @Nullable CipherState cipher;

    SymmetricState(String protocolName) {
        byte[] name = protocolName.getBytes(StandardCharsets.US_ASCII);
        this.hash = name.length <= 32 ? Arrays.copyOf(name, 32) : sha256(name);
        this.chainingKey = hash.clone();
    }

    byte[] hash() {
        return hash.clone();
    }

    void mixKey(byte[] input) {
        byte[][] keys = hkdf(input);
        chainingKey = keys[0];
        cipher = new CipherState(keys[1]);
    }

    void mixHash(byte[] data) {
        hash = sha256(hash, data);
    }

    byte[] encryptAndHash(byte[] plaintext) {
        byte[] out = plaintext;
        if (cipher != null) {
            out = Arrays.copyOf(plaintext, plaintext.length + CipherState.TAG);
            cipher.encrypt(out, 0, plaintext.length, hash);
        }
        mixHash(out);
        return out;
    }

    byte[] decryptAndHash(byte[] ciphertext) throws WireException {
        byte[] out = ciphertext;
        if (cipher != null) {
            byte[] work = ciphertext.clone();
            int length = cipher.decrypt(work, 0, work.length, hash);
            out = Arrays.copyOf(work, length);
        }
        mixHash(ciphertext);
        return out;
    }

    /** The transport ciphers: the initiator sends with the first, the responder with the second. */
    CipherState[] split() {
        byte[][] keys = hkdf(NOTHING);
        return new CipherState[] {new CipherState(keys[0]), new CipherState(keys[1])};
    }

    /** HKDF with two outputs (Noise section 4.3, RFC 5869). */
    private byte[][] hkdf(byte[] input) {
        byte[] temporary = hmac(chainingKey, input);
        byte[] first = hmac(temporary, new byte[] {1});
        byte[] second = hmac(temporary, first, new byte[] {2});
        return new byte[][] {first, second};
    }

    private static byte[] hmac(byte[] key, byte[]... data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : data) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    private static byte[] sha256(byte[]... data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : data) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
