package org.hearthnet.ledger.tree;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Hash32;
import org.jspecify.annotations.Nullable;

/** Walks from the root along a path and collects the hashes beside the way. For one proof. */
final class Prover {
    private final NodeReader reader;
    private final Hash32 path;
    private final int maxBits;
    private final TreeHash hash = new TreeHash();
    private final List<Hash32> siblings = new ArrayList<>();

    /** @param maxBits where to stop, if nothing or a single record has not ended the way before */
    Prover(NodeReader reader, Hash32 path, int maxBits) {
        this.reader = reader;
        this.path = path;
        this.maxBits = maxBits;
    }

    /** What is at the end: nothing, a record, or, where the walk was stopped, a node. */
    @Nullable
    Slot walk(Node root) {
        Node node = root;
        Slot last = through(node);
        for (int depth = 1; last instanceof Slot.Child child && siblings.size() < maxBits; depth++) {
            node = Updater.read(reader, NodeKey.on(path, child.version(), depth));
            last = through(node);
        }
        return last;
    }

    List<Hash32> siblings() {
        return List.copyOf(siblings);
    }

    /** Down the four levels of a node: to a node below it, to a record, or to null where nothing is. */
    private @Nullable Slot through(Node node) {
        int from = 0;
        int length = Node.SLOTS;
        while (true) {
            Slot only = node.only(from, length);
            // A node that stands alone is not yet reached: the levels above it are hashed with empty siblings.
            boolean end = length == 1 || siblings.size() == maxBits;
            if (end || only instanceof Slot.Leaf || node.isEmpty(from, length)) {
                return only;
            }
            length /= 2;
            boolean right = Path.bit(path, siblings.size()) == 1;
            siblings.add(node.hash(hash, right ? from : from + length, length));
            from += right ? length : 0;
        }
    }
}
