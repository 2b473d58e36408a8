package org.hearthnet.genesis.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.primitive.Hash32;

/** SHA-256 (FIPS 180-4), always with a domain: {@code SHA-256(length(domain) as one byte || domain || data)}. */
public final class Hashing {
    private final MessageDigest digest;

    private Hashing(String domain) {
        this.digest = sha256();
        byte[] name = domain.getBytes(StandardCharsets.US_ASCII);
        if (name.length == 0 || name.length > 255) {
            throw new IllegalArgumentException("a domain has 1 to 255 characters");
        }
        digest.update((byte) name.length);
        digest.update(name);
    }

    /** Starts a hash in {@code domain}. */
    public static Hashing in(String domain) {
        return new Hashing(domain);
    }

    /** The hash of the canonical encoding of {@code value} in {@code domain}. */
    public static <T> Hash32 of(String domain, Codec<T> codec, T value) {
        return in(domain).add(codec.encode(value)).finish();
    }

    /** A plain SHA-256 digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds bytes. */
    public Hashing add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** Adds {@code length} bytes from {@code offset}. */
    public Hashing add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    /** Adds 32 bytes. */
    public Hashing add(Hash32 hash) {
        digest.update(hash.toArray());
        return this;
    }

    /** Adds 4 bytes, big-endian. */
    public Hashing add(int value) {
        digest.update((byte) (value >>> 24));
        digest.update((byte) (value >>> 16));
        digest.update((byte) (value >>> 8));
        digest.update((byte) value);
        return this;
    }

    /** Adds 8 bytes, big-endian. */
    public Hashing add(long value) {
        return add((int) (value >>> 32)).add((int) value);
    }

    /** The digest; the object must not be used again. */
    public Hash32 finish() {
        return Hash32.of(digest.digest());
    }
}
