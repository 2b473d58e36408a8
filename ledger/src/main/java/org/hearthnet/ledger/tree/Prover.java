package org.hearthnet.ledger.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.jspecify.annotations.Nullable;

/** Walks from the root to where a record is or would be, and collects the hashes beside the way. For one proof. */
final class Prover {
    private final NodeReader reader;
    private final Bytes key;
    private final Optional<Bytes> value;
    private final TreeHash hash = new TreeHash();
    private final Hash32 path;
    private final List<Hash32> siblings = new ArrayList<>();

    Prover(NodeReader reader, Bytes key, Optional<Bytes> value) {
        this.reader = reader;
        this.key = key;
        this.value = value;
        this.path = hash.path(key);
    }

    StateProof prove(Node root) {
        Node node = root;
        Slot last = through(node);
        for (int depth = 1; last instanceof Slot.Child child; depth++) {
            node = Updater.read(reader, NodeKey.on(path, child.version(), depth));
            last = through(node);
        }
        return new StateProof(key, end(last), List.copyOf(siblings));
    }

    /** Down the four levels of a node: to a node below it, to a record, or to null where nothing is. */
    private @Nullable Slot through(Node node) {
        int from = 0;
        int length = Node.SLOTS;
        while (true) {
            Slot only = node.only(from, length);
            // A node that stands alone is not yet reached: the levels above it are hashed with empty siblings.
            if (length == 1 || only instanceof Slot.Leaf || node.isEmpty(from, length)) {
                return only;
            }
            length /= 2;
            boolean right = Path.bit(path, siblings.size()) == 1;
            siblings.add(node.hash(hash, right ? from : from + length, length));
            from += right ? length : 0;
        }
    }

    private StateProof.End end(@Nullable Slot last) {
        if (last instanceof Slot.Leaf(Hash32 found, Hash32 valueHash)) {
            return found.equals(path)
                    ? new StateProof.End.Present(value.orElse(Bytes.EMPTY))
                    : new StateProof.End.Other(found, valueHash);
        }
        return new StateProof.End.Vacant();
    }
}
