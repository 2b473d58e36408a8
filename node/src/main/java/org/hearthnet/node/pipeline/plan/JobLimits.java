package org.hearthnet.node.pipeline.plan;

import org.hearthnet.genesis.proof.DisputeLimits;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/** How long a job may be. */
public final class JobLimits {
    private JobLimits() {}

    /** Most positions, prompt and answer together: the model must know them, and each must be open to dispute. */
    public static int maxPositions(Shape shape) {
        return Math.min(shape.context(), DisputeLimits.maxPositions(shape));
    }
}
