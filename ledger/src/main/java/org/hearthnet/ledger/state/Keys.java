package org.hearthnet.ledger.state;

import java.nio.ByteBuffer;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/** Parts of keys. Numbers are big-endian and not negative, so that the order of keys is the order of numbers. */
public final class Keys {
    private Keys() {}

    /** A hash. */
    public static Bytes of(Hash32 hash) {
        return Bytes.owned(hash.toArray());
    }

    /** A node. */
    public static Bytes of(NodeId node) {
        return of(node.key());
    }

    /** A number. */
    public static Bytes of(long number) {
        return Bytes.owned(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** One part after the other. */
    public static Bytes of(Bytes first, Bytes second) {
        ByteBuffer out = ByteBuffer.allocate(first.length() + second.length());
        return Bytes.owned(
                out.put(first.unsafeArray()).put(second.unsafeArray()).array());
    }

    /** A number, then a hash: a queue in order of the number. */
    public static Bytes of(long number, Hash32 hash) {
        return of(of(number), of(hash));
    }

    /** A node, then a hash. */
    public static Bytes of(NodeId node, Hash32 hash) {
        return of(of(node), of(hash));
    }

    /** A hash, then another. */
    public static Bytes of(Hash32 first, Hash32 second) {
        return of(of(first), of(second));
    }

    /** A hash, then a number. */
    public static Bytes of(Hash32 hash, long number) {
        return of(of(hash), of(number));
    }

    /** The hash that a key ends with. */
    public static Hash32 lastHash(Bytes key) {
        return Hash32.at(key.unsafeArray(), key.length() - Hash32.BYTES);
    }

    /** The number at {@code offset} of a key. */
    public static long number(Bytes key, int offset) {
        return ByteBuffer.wrap(key.unsafeArray()).getLong(offset);
    }
}
