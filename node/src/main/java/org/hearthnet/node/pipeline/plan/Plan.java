package org.hearthnet.node.pipeline.plan;

import java.util.List;
import org.hearthnet.genesis.protocol.Offer;
import org.hearthnet.genesis.protocol.Stage;

/**
 * A pipeline and who could step in.
 *
 * @param stages cover the model in order, each by another executor
 * @param spares offers that are not used, best first, at most {@link Planner#MAX_SPARES}
 */
public record Plan(List<Stage> stages, List<Offer> spares) {
    /** Sparks for one token through the whole pipeline. */
    public long pricePerToken() {
        return stages.stream()
                .mapToLong(s -> Math.multiplyExact(s.price(), (long) s.layers().count()))
                .reduce(0, Math::addExact);
    }
}
