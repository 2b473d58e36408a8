package org.hearthnet.genesis.protocol;

import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * What crossed a boundary of a pipeline so far. The sender signs it with every frame; two different roots by one key for
 * the same (job, boundary, positions) are equivocation and convict that key.
 *
 * @param job id of the {@link Assignment}
 * @param boundary 0 for the ring from the last stage to the first (tokens), else the number of the receiving stage
 *     (activations)
 * @param positions how many positions the root covers
 * @param root Merkle root over the boundary's leaves, see {@code genesis.proof.Commitments}
 */
public record BoundaryStatement(Hash32 job, int boundary, int positions, Hash32 root) {
    /** Domain and encoding. */
    public static final Kind<BoundaryStatement> KIND = Kind.of("hearth/boundary/1", BoundaryStatement.class);

    /** Checks the ranges. */
    public BoundaryStatement {
        if (boundary < 0
                || boundary >= Assignment.MAX_STAGES
                || positions < 0
                || positions > Assignment.MAX_POSITIONS) {
            throw new IllegalArgumentException("no boundary " + boundary + " with " + positions + " positions");
        }
    }
}
