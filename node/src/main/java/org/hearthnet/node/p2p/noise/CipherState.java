package org.hearthnet.node.p2p.noise;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.hearthnet.node.p2p.wire.WireException;

/**
 * A key and a counting nonce (Noise section 5.1), with ChaCha20-Poly1305 (RFC 8439). Works in place, as the
 * transport's buffers are large. Not for use by two threads at once.
 */
final class CipherState {
    /** Bytes of the authentication tag. */
    static final int TAG = 16;

    private static final int NONCE = 12;
    private final SecretKeySpec key;
    private final Cipher cipher;
    private final byte[] nonceBytes = new byte[NONCE];
    private long nonce;

    CipherState(byte[] key) {
        this.key = new SecretKeySpec(key, "ChaCha20");
        try {
            this.cipher = Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks ChaCha20-Poly1305", e);
        }
    }

    /** Encrypts {@code length} bytes at {@code offset} in place and puts the tag after them; returns the new length. */
    int encrypt(byte[] buffer, int offset, int length, byte[] associated) {
        try {
            init(Cipher.ENCRYPT_MODE, associated);
            return cipher.doFinal(buffer, offset, length, buffer, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption cannot fail", e);
        }
    }

    /** Decrypts {@code length} bytes (tag included) at {@code offset} in place; returns the length of the plaintext. */
    int decrypt(byte[] buffer, int offset, int length, byte[] associated) throws WireException {
        if (length < TAG) {
            throw new WireException("noise message without an authentication tag");
        }
        try {
            init(Cipher.DECRYPT_MODE, associated);
            return cipher.doFinal(buffer, offset, length, buffer, offset);
        } catch (GeneralSecurityException e) {
            throw new WireException("noise message is not authentic");
        }
    }

    private void init(int mode, byte[] associated) throws GeneralSecurityException {
        if (nonce < 0) {
            throw new GeneralSecurityException("nonces are used up");
        }
        // Noise section 12.3: 32 zero bits, then the counter in little-endian.
        for (int i = 0; i < 8; i++) {
            nonceBytes[4 + i] = (byte) (nonce >>> (8 * i));
        }
        nonce++;
        cipher.init(mode, key, new IvParameterSpec(nonceBytes));
        if (associated.length > 0) {
            cipher.updateAAD(associated);
        }
    }
}
