package org.hearthnet.node.p2p.noise;

import java.security.SecureRandom;
import org.hearthnet.node.p2p.wire.WireException;

/** A Diffie-Hellman key pair on Curve25519 (RFC 7748) in its raw 32-byte forms. */
final class X25519 {
    static final int SIZE = 32;

    private final byte[] secret;
    private final byte[] publicKey;

    private X25519(byte[] secret) {
        this.secret = secret;
        this.publicKey = new byte[SIZE];
        org.bouncycastle.math.ec.rfc7748.X25519.scalarMultBase(secret, 0, publicKey, 0);
    }

    static X25519 ofSecret(byte[] secret) {
        if (secret.length != SIZE) {
            throw new IllegalArgumentException("an X25519 key has 32 bytes");
        }
        return new X25519(secret.clone());
    }

    static X25519 generate(SecureRandom random) {
        byte[] secret = new byte[SIZE];
        random.nextBytes(secret);
        return new X25519(secret);
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    /** The shared secret with a raw public key; points of small order, which give a constant secret, are refused. */
    byte[] agree(byte[] rawPublic) throws WireException {
        byte[] shared = new byte[SIZE];
        if (rawPublic.length != SIZE
                || !org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(secret, 0, rawPublic, 0, shared, 0)) {
            throw new WireException("X25519 key of small order");
        }
        return shared;
    }
}
