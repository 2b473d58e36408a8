package org.hearthnet.ledger.tree;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Bytes;

/** The stored form of the nodes that a version made stale: their keys, one after the other. */
public final class StaleList {
    private StaleList() {}

    /** Encodes a list. */
    public static Bytes encode(List<NodeKey> keys) {
        int size = 0;
        List<byte[]> parts = new ArrayList<>(keys.size());
        for (NodeKey key : keys) {
            byte[] part = key.encode();
            parts.add(part);
            size += part.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        parts.forEach(out::put);
        return Bytes.owned(out.array());
    }

    /**
     * Reads a stored list.
     *
     * @throws TreeException if it is damaged
     */
    public static List<NodeKey> decode(Bytes bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes.unsafeArray());
        List<NodeKey> out = new ArrayList<>();
        try {
            while (in.hasRemaining()) {
                out.add(NodeKey.read(in));
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new TreeException("a list of stale nodes is damaged: " + e.getMessage());
        }
        return out;
    }
}
