package org.hearthnet.node.p2p.yamux;

import java.nio.ByteBuffer;

/** A first-in first-out buffer of bytes that grows on demand up to what its user lets in. Not thread-safe. */
final class ByteRing {
    private static final int FIRST_CAPACITY = 1024;
    /** An empty buffer larger than this is let go, as most streams are idle most of the time. */
    private static final int KEPT_CAPACITY = 64 * 1024;

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int start;
    private int size;

    int size() {
        return size;
    }

    /** Bytes of memory held. */
    int capacity() {
        return bytes.length;
    }

    void put(byte[] from, int offset, int length) {
        reserve(length);
        int end = (start + size) & (bytes.length - 1);
        int first = Math.min(length, bytes.length - end);
        System.arraycopy(from, offset, bytes, end, first);
        System.arraycopy(from, offset + first, bytes, 0, length - first);
        size += length;
    }

    void put(ByteBuffer from, int length) {
        reserve(length);
        int end = (start + size) & (bytes.length - 1);
        int first = Math.min(length, bytes.length - end);
        from.get(bytes, end, first);
        from.get(bytes, 0, length - first);
        size += length;
    }

    /** Takes up to {@code length} bytes; returns how many. */
    int take(byte[] into, int offset, int length) {
        int n = Math.min(length, size);
        int first = Math.min(n, bytes.length - start);
        System.arraycopy(bytes, start, into, offset, first);
        System.arraycopy(bytes, 0, into, offset + first, n - first);
        drop(n);
        return n;
    }

    /** Takes exactly {@code length} bytes, which must be there. */
    void take(ByteBuffer into, int length) {
        int first = Math.min(length, bytes.length - start);
        into.put(bytes, start, first);
        into.put(bytes, 0, length - first);
        drop(length);
    }

    void clear() {
        bytes = NONE;
        start = 0;
        size = 0;
    }

    /** Lets a large buffer go if it is empty. */
    void trim() {
        if (size == 0 && bytes.length > KEPT_CAPACITY) {
            clear();
        }
    }

    private void drop(int n) {
        size -= n;
        start = size == 0 ? 0 : (start + n) & (bytes.length - 1);
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed <= bytes.length) {
            return;
        }
        byte[] larger = new byte[Math.max(FIRST_CAPACITY, Integer.highestOneBit(Math.max(1, needed - 1)) << 1)];
        int kept = size;
        take(larger, 0, kept);
        bytes = larger;
        start = 0;
        size = kept;
    }
}
