package org.hearthnet.node.pipeline.plan;

import java.util.Comparator;
import org.hearthnet.node.pipeline.plan.PlanRequest.Candidate;

/**
 * What a pipeline costs, compared component by component.
 *
 * @param strangers stages by executors that were not asked for, if any were
 * @param offCount how far the number of stages is from what is wanted
 * @param price sparks for a token
 * @param stages number of stages: each is a hop and a risk
 * @param unevenness squared layers of the stages, if a number of stages is wanted
 * @param nanos time for a token at batch 1
 * @param doubt less for executors with a better record
 */
record PlanCost(int strangers, int offCount, long price, int stages, long unevenness, long nanos, double doubt)
        implements Comparable<PlanCost> {
    static final PlanCost NOTHING = new PlanCost(0, 0, 0, 0, 0, 0, 0);

    private static final Comparator<PlanCost> ORDER = Comparator.comparingInt(PlanCost::strangers)
            .thenComparingInt(PlanCost::offCount)
            .thenComparingLong(PlanCost::price)
            .thenComparingInt(PlanCost::stages)
            .thenComparingLong(PlanCost::unevenness)
            .thenComparingLong(PlanCost::nanos)
            .thenComparingDouble(PlanCost::doubt);

    /** With one more stage of {@code layers} layers. */
    PlanCost plus(PlanRequest request, Candidate candidate, int layers) {
        boolean asked = request.preferred().contains(candidate.offer().executor());
        long speed = Math.max(1, candidate.offer().layerTokensPerSecond());
        return new PlanCost(
                strangers + (request.preferred().isEmpty() || asked ? 0 : 1),
                offCount,
                Math.addExact(price, Math.multiplyExact(candidate.offer().price(), (long) layers)),
                stages + 1,
                unevenness + (request.stages() == 0 ? 0 : (long) layers * layers),
                nanos + layers * 1_000_000_000L / speed,
                doubt + 1.0 / (1 + candidate.reputation()));
    }

    /** Of a complete pipeline of {@code count} stages. */
    PlanCost finished(PlanRequest request, int count) {
        int off = request.stages() == 0 ? 0 : Math.abs(count - request.stages());
        return new PlanCost(strangers, off, price, stages, unevenness, nanos, doubt);
    }

    /** No completion of this with at least {@code count} stages in all is below it. */
    PlanCost lowerBound(PlanRequest request, int count) {
        int off = request.stages() == 0 ? 0 : Math.max(0, count - request.stages());
        return new PlanCost(strangers, off, price, stages, unevenness, nanos, doubt);
    }

    @Override
    public int compareTo(PlanCost other) {
        return ORDER.compare(this, other);
    }
}
