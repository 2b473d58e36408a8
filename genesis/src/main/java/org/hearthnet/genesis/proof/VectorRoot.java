package org.hearthnet.genesis.proof;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Commitment to a vector: a Merkle root over chunks of its bytes, so that one chunk can be opened alone. Elements are
 * little-endian, as on the wire: {@code fp32} for activations, {@code fp16} for keys and values.
 */
public final class VectorRoot {
    /** Bytes of one chunk of an {@code fp32} activation vector: 32 elements. */
    public static final int CHUNK_BYTES = 128;

    private static final String CHUNK = "hearth/vector-chunk/1";

    private VectorRoot() {}

    /** The root of {@code floats[offset .. offset + length)} in chunks of {@link #CHUNK_BYTES}. */
    public static Hash32 of(float[] floats, int offset, int length) {
        return of(bytes(floats, offset, length), CHUNK_BYTES);
    }

    /** The root of {@code data} in chunks of {@code chunkBytes}; the last chunk may be shorter. */
    public static Hash32 of(byte[] data, int chunkBytes) {
        return MerkleTree.root(leaves(data, chunkBytes));
    }

    /** The leaves of {@code data}. */
    public static List<Hash32> leaves(byte[] data, int chunkBytes) {
        List<Hash32> out = new ArrayList<>((data.length + chunkBytes - 1) / chunkBytes);
        for (int at = 0; at < data.length; at += chunkBytes) {
            out.add(leaf(data, at, Math.min(chunkBytes, data.length - at)));
        }
        return out;
    }

    /** The leaf of one chunk. */
    public static Hash32 leaf(byte[] data, int offset, int length) {
        return Hashing.in(CHUNK).add(data, offset, length).finish();
    }

    /** {@code floats} as little-endian bytes. */
    public static byte[] bytes(float[] floats, int offset, int length) {
        byte[] out = new byte[Math.multiplyExact(length, Float.BYTES)];
        java.nio.ByteBuffer.wrap(out)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .put(floats, offset, length);
        return out;
    }

    /** Little-endian bytes as floats; {@code data.length} is a multiple of 4. */
    public static float[] floats(byte[] data) {
        float[] out = new float[data.length / Float.BYTES];
        java.nio.ByteBuffer.wrap(data)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(out);
        return out;
    }

    /** Element {@code index} of a little-endian {@code fp32} vector. */
    public static float element(byte[] data, int index) {
        return java.nio.ByteBuffer.wrap(data)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getFloat(index * Float.BYTES);
    }
}
