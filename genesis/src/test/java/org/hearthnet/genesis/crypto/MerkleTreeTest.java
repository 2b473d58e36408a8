package org.hearthnet.genesis.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static List<Hash32> leaves(int count) {
        List<Hash32> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(Hashing.in("test").add(i).finish());
        }
        return out;
    }

    /** RFC 6962, section 2.1, written as the RFC writes it. */
    private static Hash32 byTheBook(List<Hash32> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = Integer.highestOneBit(leaves.size() - 1);
        return MerkleTree.node(byTheBook(leaves.subList(0, k)), byTheBook(leaves.subList(k, leaves.size())));
    }

    @Property(tries = 300)
    void everyLeafHasAProofAndNoOtherPlaceDoes(
            @ForAll @IntRange(min = 1, max = 70) int size, @ForAll @IntRange(min = 0, max = 69) int at) {
        List<Hash32> leaves = leaves(size);
        int index = at % size;
        Hash32 root = MerkleTree.root(leaves);
        assertEquals(MerkleTree.seal(size, byTheBook(leaves)), root);
        List<Hash32> path = MerkleTree.path(leaves, index);
        assertTrue(MerkleTree.verify(root, size, index, leaves.get(index), path));
        assertFalse(MerkleTree.verify(root, size + 1L, index, leaves.get(index), path));
        assertFalse(MerkleTree.verify(root, size, index, Hash32.ZERO, path));
        for (int other = 0; other < size; other++) {
            assertEquals(other == index, MerkleTree.verify(root, size, other, leaves.get(index), path));
        }
        List<Hash32> longer = new ArrayList<>(path);
        longer.add(Hash32.ZERO);
        assertFalse(MerkleTree.verify(root, size, index, leaves.get(index), longer));
    }

    @Test
    void anEmptyTreeHasARootAndASingleLeafIsNotItsOwn() {
        assertEquals(MerkleTree.root(leaves(0)), new MerkleFrontier().root());
        assertFalse(MerkleTree.root(leaves(1)).equals(leaves(1).getFirst()));
    }

    @Property(tries = 200)
    void sumsAreProvedWithTheLeaves(
            @ForAll @IntRange(min = 1, max = 40) int size, @ForAll @IntRange(min = 0, max = 39) int at) {
        List<SumTree.Sum> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(new SumTree.Sum(Hashing.in("test").add(i).finish(), Amount.of(i + 1), 10L * i));
        }
        int index = at % size;
        SumTree.Sum root = SumTree.root(leaves);
        assertEquals(size * (size + 1L) / 2, root.fee().sparks());
        List<SumTree.Sum> path = SumTree.path(leaves, index);
        assertTrue(SumTree.verify(root, size, index, leaves.get(index), path));
        SumTree.Sum richer = new SumTree.Sum(
                leaves.get(index).hash(), leaves.get(index).fee().plus(Amount.of(1)), 10L * index);
        assertFalse(SumTree.verify(root, size, index, richer, path));
        SumTree.Sum claimed = new SumTree.Sum(root.hash(), root.fee().plus(Amount.of(1)), root.layerTokens());
        assertFalse(SumTree.verify(claimed, size, index, leaves.get(index), path));
    }
}
