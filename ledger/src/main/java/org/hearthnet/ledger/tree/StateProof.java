package org.hearthnet.ledger.tree;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.jspecify.annotations.Nullable;

/**
 * A proof that a state has a certain record under a key, or none. Whoever has the state root from a header that it trusts
 * needs nothing else. With a million accounts about 900 bytes.
 *
 * @param key of the record; a proof speaks of one key only
 * @param end what is where the record would be
 * @param siblings hashes beside the way, from the root on; their number is the depth, in bits, of {@code end}
 */
public record StateProof(
        @Limit(StateProof.MAX_KEY) Bytes key,
        End end,
        @Limit(Path.BITS) List<Hash32> siblings) {
    /** Longest key in bytes. */
    public static final int MAX_KEY = 128;

    /** Largest value in bytes: no record is as large as a block. */
    public static final int MAX_VALUE = 4 << 20;

    /** Largest encoding in bytes. */
    public static final int MAX_BYTES = MAX_KEY + MAX_VALUE + Path.BITS * Hash32.BYTES + 64;

    private static final Codec<StateProof> CODEC = Codec.of(StateProof.class);

    /** What is at the end of a key's way through the tree. */
    public sealed interface End {
        /**
         * The record.
         *
         * @param value its value
         */
        @Tag(1)
        record Present(@Limit(MAX_VALUE) Bytes value) implements End {}

        /** Nothing: there is no record whose path begins like the key's. */
        @Tag(2)
        record Vacant() implements End {}

        /**
         * The only record whose path begins like the key's, which is that of another key.
         *
         * @param path hash of that key
         * @param value hash of that value
         */
        @Tag(3)
        record Other(Hash32 path, Hash32 value) implements End {}
    }

    /** The end of the way to {@code key} where the tree has {@code last}. */
    static End end(Bytes key, Optional<Bytes> value, @Nullable Slot last) {
        if (last instanceof Slot.Leaf(Hash32 found, Hash32 valueHash)) {
            return found.equals(new TreeHash().path(key))
                    ? new End.Present(value.orElse(Bytes.EMPTY))
                    : new End.Other(found, valueHash);
        }
        return new End.Vacant();
    }

    /**
     * Checks the proof. Pure, at most 256 + 4 hashes.
     *
     * @param root a header's state root
     * @param of the key in question
     * @return the value under the key in the state with this root; empty if the state has no such record
     * @throws ProofException if this does not prove one or the other
     */
    public Optional<Bytes> verify(Hash32 root, Bytes of) {
        if (!key.equals(of)) {
            throw new ProofException("the proof is one for " + key + ", not for " + of);
        }
        if (siblings.size() > Path.BITS) {
            throw new ProofException("over " + Path.BITS + " siblings");
        }
        TreeHash hash = new TreeHash();
        Hash32 path = hash.path(key);
        Hash32 top = endHash(hash, path);
        for (int bit = siblings.size() - 1; bit >= 0; bit--) {
            Hash32 sibling = siblings.get(bit);
            top = Path.bit(path, bit) == 0 ? hash.node(top, sibling) : hash.node(sibling, top);
        }
        if (!top.equals(root)) {
            throw new ProofException("the proof leads to root " + top + ", not to " + root);
        }
        return end instanceof End.Present(Bytes value) ? Optional.of(value) : Optional.empty();
    }

    private Hash32 endHash(TreeHash hash, Hash32 path) {
        return switch (end) {
            case End.Present(Bytes value) -> hash.leaf(path, hash.value(value));
            case End.Vacant() -> TreeHash.EMPTY;
            case End.Other(Hash32 other, Hash32 value) -> {
                int common = Path.common(path, other);
                if (common == Path.BITS || common < siblings.size()) {
                    throw new ProofException("the other record says nothing about this key");
                }
                yield hash.leaf(other, value);
            }
        };
    }

    /** Whether this proves that the record under its key is {@code expected}. */
    boolean proves(Hash32 root, Optional<Bytes> expected) {
        try {
            return verify(root, key).equals(expected);
        } catch (ProofException e) {
            return false;
        }
    }

    /** The canonical encoding. */
    public byte[] encode() {
        return CODEC.encode(this);
    }

    /**
     * Decodes bytes from outside.
     *
     * @throws CodecException if they are too many or not canonical
     */
    public static StateProof decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new CodecException("a proof of " + bytes.length + " bytes is over the limit of " + MAX_BYTES);
        }
        return CODEC.decode(bytes);
    }
}
