package org.hearthnet.node.pipeline.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Offer;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.node.pipeline.plan.PlanRequest.Candidate;

/**
 * Chooses who runs which layers. Pure and deterministic. The order of preference: executors that were asked for, the
 * wanted number of stages, price, fewer stages, speed, reputation.
 *
 * <p>Costs are sums over layers, so an optimal pipeline changes hands only where some offer begins or ends, or, when a
 * number of stages is wanted, at an even division: only there are cuts tried. The search is exact until {@link
 * #MAX_STEPS}; beyond that the best pipeline found so far is taken.
 */
public final class Planner {
    /** Most offers that are looked at, the cheapest. */
    public static final int MAX_CANDIDATES = 64;

    /** Most spares. */
    public static final int MAX_SPARES = 8;

    /** Most stages that are tried one after another. */
    static final int MAX_STEPS = 400_000;

    private final PlanRequest request;
    private final List<Candidate> candidates;
    private final TreeSet<Integer> cuts = new TreeSet<>();
    private final List<Stage> path = new ArrayList<>();
    private final Set<NodeId> used = new HashSet<>();
    private Optional<Found> best = Optional.empty();
    private int steps;

    private record Found(PlanCost cost, List<Stage> stages) {}

    private Planner(PlanRequest request) {
        this.request = request;
        this.candidates = request.candidates().stream()
                .filter(c -> !request.excluded().contains(c.offer().executor()))
                .filter(c -> c.offer().layers().from() < request.layers())
                .sorted(order())
                .limit(MAX_CANDIDATES)
                .toList();
        for (Candidate candidate : candidates) {
            cuts.add(candidate.offer().layers().from());
            cuts.add(Math.min(candidate.offer().layers().to(), request.layers()));
        }
        for (int i = 1; i < request.stages(); i++) {
            cuts.add(Math.round((float) i * request.layers() / request.stages()));
        }
        cuts.add(request.layers());
    }

    private Comparator<Candidate> order() {
        return Comparator.<Candidate, Boolean>comparing(
                        c -> !request.preferred().contains(c.offer().executor()))
                .thenComparing(c -> c.offer().price())
                .thenComparing(c -> -c.offer().layerTokensPerSecond())
                .thenComparing(c -> -c.reputation())
                .thenComparing(c -> c.offer().executor());
    }

    /** The best pipeline, or nothing if the offers leave a gap. */
    public static Optional<Plan> plan(PlanRequest request) {
        Planner planner = new Planner(request);
        if (!planner.cover()) {
            return Optional.empty();
        }
        planner.extend(0, PlanCost.NOTHING);
        return planner.best.map(found -> new Plan(found.stages, planner.spares(found.stages)));
    }

    /** A first pipeline, always the offer that reaches farthest: if this leaves a gap, every choice does. */
    private boolean cover() {
        List<Stage> stages = new ArrayList<>();
        PlanCost cost = PlanCost.NOTHING;
        int at = 0;
        while (at < request.layers()) {
            int from = at;
            Optional<Candidate> farthest = candidates.stream()
                    .filter(c -> c.offer().layers().from() <= from
                            && from < c.offer().layers().to())
                    .max(Comparator.comparingInt(c -> c.offer().layers().to()));
            if (farthest.isEmpty()) {
                return false;
            }
            at = Math.min(farthest.get().offer().layers().to(), request.layers());
            stages.add(stage(farthest.get(), from, at));
            cost = cost.plus(request, farthest.get(), at - from);
        }
        best = Optional.of(new Found(cost.finished(request, stages.size()), stages));
        return true;
    }

    private static Stage stage(Candidate candidate, int from, int to) {
        var offer = candidate.offer();
        return new Stage(offer.executor(), new LayerSpan(from, to), offer.price(), offer.addresses());
    }

    private void extend(int at, PlanCost cost) {
        if (at == request.layers()) {
            PlanCost total = cost.finished(request, path.size());
            if (best.isEmpty() || total.compareTo(best.get().cost) < 0) {
                best = Optional.of(new Found(total, List.copyOf(path)));
            }
            return;
        }
        if (best.isPresent() && cost.lowerBound(request, path.size() + 1).compareTo(best.get().cost) >= 0) {
            return;
        }
        for (Candidate candidate : candidates) {
            LayerSpan span = candidate.offer().layers();
            if (span.from() <= at
                    && at < span.to()
                    && used.add(candidate.offer().executor())) {
                tryEnds(at, candidate, cost);
                used.remove(candidate.offer().executor());
            }
        }
    }

    private void tryEnds(int at, Candidate candidate, PlanCost cost) {
        // Longest first: it leads to a complete pipeline soonest, which bounds the rest of the search.
        for (int end : cuts.subSet(
                        at, false, Math.min(candidate.offer().layers().to(), request.layers()), true)
                .descendingSet()) {
            if (++steps > MAX_STEPS) {
                return;
            }
            path.add(stage(candidate, at, end));
            extend(end, cost.plus(request, candidate, end - at));
            path.removeLast();
        }
    }

    private List<Offer> spares(List<Stage> stages) {
        Set<NodeId> busy = new HashSet<>();
        stages.forEach(s -> busy.add(s.executor()));
        return candidates.stream()
                .map(Candidate::offer)
                .filter(o -> !busy.contains(o.executor()))
                .limit(MAX_SPARES)
                .toList();
    }
}
