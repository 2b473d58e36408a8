package org.hearthnet.ledger.tree;

import java.nio.ByteBuffer;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Names a stored node. A node is never changed: a later version has another key.
 *
 * @param version height of the block that made the node
 * @param depth number of nibbles from the root to the node
 * @param prefix these nibbles, then zeros
 */
public record NodeKey(long version, int depth, Hash32 prefix) {
    private static final int HEAD = Long.BYTES + 1;

    /** Checks that {@code prefix} has no more than {@code depth} nibbles. */
    public NodeKey {
        if (version < 0
                || depth < 0
                || depth >= Path.NIBBLES
                || !Path.prefix(prefix, depth).equals(prefix)) {
            throw new IllegalArgumentException("no node has version " + version + ", depth " + depth + ", " + prefix);
        }
    }

    /** The root of a version. */
    static NodeKey root(long version) {
        return new NodeKey(version, 0, Hash32.ZERO);
    }

    /** The node at {@code depth} on the way to {@code path}. */
    static NodeKey on(Hash32 path, long version, int depth) {
        return new NodeKey(version, depth, Path.prefix(path, depth));
    }

    /** Version (8 bytes, big-endian), depth (1 byte), nibbles (two a byte): 9 to 41 bytes, in order of versions. */
    public byte[] encode() {
        byte[] out = new byte[HEAD + (depth + 1) / 2];
        ByteBuffer.wrap(out).putLong(version).put((byte) depth);
        System.arraycopy(prefix.toArray(), 0, out, HEAD, out.length - HEAD);
        return out;
    }

    /**
     * Reads one key and leaves the buffer after it.
     *
     * @throws IllegalArgumentException or {@link java.nio.BufferUnderflowException} if there is none
     */
    static NodeKey read(ByteBuffer in) {
        long version = in.getLong();
        int depth = in.get() & 0xFF;
        byte[] prefix = new byte[Hash32.BYTES];
        in.get(prefix, 0, Math.min((depth + 1) / 2, prefix.length));
        return new NodeKey(version, depth, Hash32.of(prefix));
    }

    /** A prefix has its nibbles in the highest bits and zeros below, so they are spread: tables look at the lowest bits. */
    @Override
    public int hashCode() {
        long mixed = (Long.rotateLeft(prefix.a(), 32) ^ prefix.b() ^ prefix.c() ^ prefix.d()) + 31 * version + depth;
        mixed = (mixed ^ mixed >>> 32) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeKey that
                && version == that.version
                && depth == that.depth
                && prefix.equals(that.prefix);
    }

    @Override
    public String toString() {
        return "node " + Bytes.owned(encode()).toHex();
    }
}
