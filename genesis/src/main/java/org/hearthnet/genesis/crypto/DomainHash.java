package org.hearthnet.genesis.crypto;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * One domain of {@link Hashing}, for callers that hash small things very often: gives the same hashes, but keeps digest and
 * buffers. Not safe for use by several threads at one time.
 */
public final class DomainHash {
    private final MessageDigest digest = Hashing.sha256();
    private final byte[] pair;
    private final byte[] out = new byte[Hash32.BYTES];
    private final int prefix;

    /** Hashes in {@code domain}. */
    public DomainHash(String domain) {
        byte[] name = domain.getBytes(StandardCharsets.US_ASCII);
        if (name.length == 0 || name.length > 255) {
            throw new IllegalArgumentException("a domain has 1 to 255 characters");
        }
        this.prefix = 1 + name.length;
        this.pair = new byte[prefix + 2 * Hash32.BYTES];
        pair[0] = (byte) name.length;
        System.arraycopy(name, 0, pair, 1, name.length);
    }

    /** {@code Hashing.in(domain).add(left).add(right).finish()}. */
    public Hash32 of(Hash32 left, Hash32 right) {
        left.write(pair, prefix);
        right.write(pair, prefix + Hash32.BYTES);
        digest.update(pair);
        return finish();
    }

    /** {@code Hashing.in(domain).add(bytes).finish()}. */
    public Hash32 of(byte[] bytes) {
        digest.update(pair, 0, prefix);
        digest.update(bytes);
        return finish();
    }

    private Hash32 finish() {
        try {
            digest.digest(out, 0, out.length);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
        }
        return Hash32.of(out);
    }
}
