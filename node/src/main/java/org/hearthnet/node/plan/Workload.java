package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.require;

/**
 * What is asked of a pipeline.
 *
 * @param batch sequences that go through a stage together
 * @param context positions of each sequence that are kept and looked at
 * @param inFlight batches on the way at the same time; as many as stages fill a pipeline
 * @param overlap whether a device computes one batch while it sends another
 */
public record Workload(int batch, int context, int inFlight, boolean overlap) {
    /** Checks the counts. */
    public Workload {
        require(batch > 0, "a batch needs at least one sequence");
        require(context > 0, "the context needs at least one position");
        require(inFlight > 0, "at least one batch must be in flight");
    }
}
