package org.hearthnet.node.pipeline.wire;

import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.MerkleFrontier;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.BoundaryStatement;

/** One side's view of what crossed a boundary: the running root, and statements about it. Not thread-safe. */
public final class BoundaryLine {
    private final Hash32 network;
    private final Hash32 job;
    private final int boundary;
    private final MerkleFrontier leaves = new MerkleFrontier();
    private Hash32 root = leaves.root();

    /** Nothing has crossed yet. */
    public BoundaryLine(Hash32 network, Hash32 job, int boundary) {
        this.network = network;
        this.job = job;
        this.boundary = boundary;
    }

    /** Adds the leaves of the next positions. */
    public void append(List<Hash32> next) {
        next.forEach(leaves::append);
        root = leaves.root();
    }

    /** Positions so far. */
    public int positions() {
        return (int) leaves.size();
    }

    /** The root over them. */
    public Hash32 root() {
        return root;
    }

    /** Signs the present state. */
    public Signature sign(KeyPair key) {
        return BoundaryStatement.KIND.sign(key, network, statement());
    }

    /** Whether {@code signature} is {@code signer}'s over the present state. */
    public boolean verify(NodeId signer, Signature signature) {
        return BoundaryStatement.KIND.verify(network, statement(), signer, signature);
    }

    /** The present state as a statement. */
    public BoundaryStatement statement() {
        return new BoundaryStatement(job, boundary, positions(), root);
    }
}
