package org.hearthnet.ledger.tree;

import java.nio.ByteBuffer;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.jspecify.annotations.Nullable;

/**
 * Sixteen slots: four levels of the binary tree that is hashed, stored together so that a path through a million records
 * is five reads long. Leaves stand in their parent's slot and need no node.
 */
final class Node {
    static final int SLOTS = 16;
    private static final int LEAF_BYTES = 2 * Hash32.BYTES;
    private static final int CHILD_BYTES = Long.BYTES + Hash32.BYTES;

    private final @Nullable Slot[] slots;

    private Node(@Nullable Slot[] slots) {
        this.slots = slots;
    }

    static Node empty() {
        return new Node(new @Nullable Slot[SLOTS]);
    }

    @Nullable
    Slot get(int slot) {
        return slots[slot];
    }

    void set(int slot, @Nullable Slot value) {
        slots[slot] = value;
    }

    /** The only slot in use, if there is one and it is a leaf: then the node is not needed. */
    @Nullable
    Slot onlyLeaf() {
        return only(0, SLOTS) instanceof Slot.Leaf leaf ? leaf : null;
    }

    /** Whether {@code length} slots from {@code from} on are not in use. */
    boolean isEmpty(int from, int length) {
        return count(from, length) == 0;
    }

    private int count(int from, int length) {
        int count = 0;
        for (int i = from; i < from + length; i++) {
            count += slots[i] == null ? 0 : 1;
        }
        return count;
    }

    /** The only slot in use from {@code from} on; null if there are none or several. */
    @Nullable
    Slot only(int from, int length) {
        Slot found = null;
        for (int i = from; i < from + length; i++) {
            if (slots[i] != null) {
                if (found != null) {
                    return null;
                }
                found = slots[i];
            }
        }
        return found;
    }

    /** The hash of all records below {@code length} slots, a power of two, from {@code from} on. */
    Hash32 hash(TreeHash hash, int from, int length) {
        Slot only = only(from, length);
        if (only instanceof Slot.Leaf(Hash32 path, Hash32 value)) {
            return hash.leaf(path, value);
        }
        if (length == 1) {
            return only instanceof Slot.Child child ? child.hash() : TreeHash.EMPTY;
        }
        if (only == null && isEmpty(from, length)) {
            return TreeHash.EMPTY;
        }
        int half = length / 2;
        return hash.node(hash(hash, from, half), hash(hash, from + half, half));
    }

    Hash32 hash(TreeHash hash) {
        return hash(hash, 0, SLOTS);
    }

    /** Which slots are leaves (2 bytes, bit i for slot i), which are nodes (2 bytes), then the slots in order. */
    Bytes encode() {
        int leaves = 0;
        int children = 0;
        for (int i = 0; i < SLOTS; i++) {
            leaves |= slots[i] instanceof Slot.Leaf ? 1 << i : 0;
            children |= slots[i] instanceof Slot.Child ? 1 << i : 0;
        }
        ByteBuffer out = ByteBuffer.allocate(
                4 + Integer.bitCount(leaves) * LEAF_BYTES + Integer.bitCount(children) * CHILD_BYTES);
        out.putShort((short) leaves).putShort((short) children);
        for (Slot slot : slots) {
            switch (slot) {
                case null -> {}
                case Slot.Leaf(Hash32 path, Hash32 value) -> put(put(out, path), value);
                case Slot.Child(long version, Hash32 hash) -> put(out.putLong(version), hash);
            }
        }
        return Bytes.owned(out.array());
    }

    private static ByteBuffer put(ByteBuffer out, Hash32 hash) {
        hash.write(out.array(), out.position());
        return out.position(out.position() + Hash32.BYTES);
    }

    /**
     * Reads a stored node.
     *
     * @throws TreeException if it is damaged
     */
    static Node decode(NodeKey key, Bytes bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes.unsafeArray());
        int leaves = in.remaining() < 4 ? 0 : in.getShort() & 0xFFFF;
        int children = in.remaining() < 2 ? 0 : in.getShort() & 0xFFFF;
        int size = 4 + Integer.bitCount(leaves) * LEAF_BYTES + Integer.bitCount(children) * CHILD_BYTES;
        if ((leaves & children) != 0 || bytes.length() != size) {
            throw new TreeException(key + " is damaged");
        }
        Node node = empty();
        for (int i = 0; i < SLOTS; i++) {
            if ((leaves >>> i & 1) == 1) {
                node.slots[i] = new Slot.Leaf(take(in), take(in));
            } else if ((children >>> i & 1) == 1) {
                node.slots[i] = new Slot.Child(in.getLong(), take(in));
            }
        }
        return node;
    }

    private static Hash32 take(ByteBuffer in) {
        Hash32 hash = Hash32.at(in.array(), in.position());
        in.position(in.position() + Hash32.BYTES);
        return hash;
    }
}
