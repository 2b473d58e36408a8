package org.hearthnet.node.pipeline.plan;

import java.util.List;
import java.util.Set;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Offer;

/**
 * What to plan.
 *
 * @param layers layers of the model
 * @param candidates offers, one for each executor
 * @param excluded executors that are not to be used, because they failed before
 * @param preferred executors that are to be used if they offer
 * @param stages how many stages are wanted; 0 for whatever is cheapest
 */
public record PlanRequest(
        int layers, List<Candidate> candidates, Set<NodeId> excluded, Set<NodeId> preferred, int stages) {
    /** Copies the collections. */
    public PlanRequest {
        candidates = List.copyOf(candidates);
        excluded = Set.copyOf(excluded);
        preferred = Set.copyOf(preferred);
    }

    /**
     * An offer and what the ledger says of who made it.
     *
     * @param offer the offer
     * @param reputation agreed duties
     */
    public record Candidate(Offer offer, int reputation) {}
}
