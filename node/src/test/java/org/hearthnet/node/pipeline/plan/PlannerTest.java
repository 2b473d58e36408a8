package org.hearthnet.node.pipeline.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Offer;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.node.pipeline.plan.PlanRequest.Candidate;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static NodeId node(int number) {
        return new NodeId(new Hash32(0, 0, 0, number));
    }

    private static Candidate offer(int number, int from, int to, long price) {
        return new Candidate(new Offer(Hash32.ZERO, node(number), new LayerSpan(from, to), price, 100, List.of()), 5);
    }

    private static Optional<Plan> plan(int layers, int stages, Candidate... candidates) {
        return Planner.plan(new PlanRequest(layers, List.of(candidates), Set.of(), Set.of(), stages));
    }

    @Test
    void oneExecutorIfItIsCheapest() {
        Plan plan = plan(6, 0, offer(1, 0, 6, 10), offer(2, 0, 6, 12)).orElseThrow();
        assertEquals(1, plan.stages().size());
        assertEquals(60, plan.pricePerToken());
        assertEquals(node(2), plan.spares().getFirst().executor());
    }

    @Test
    void aMixIfThatIsCheaper() {
        Plan plan = plan(6, 0, offer(1, 0, 6, 10), offer(2, 3, 6, 5), offer(3, 0, 2, 4))
                .orElseThrow();
        assertEquals(2 * 4 + 10 + 3 * 5, plan.pricePerToken());
        assertEquals(3, plan.stages().size());
    }

    @Test
    void theWantedNumberOfStagesEvenlyDivided() {
        Plan plan = plan(6, 3, offer(1, 0, 6, 10), offer(2, 0, 6, 10), offer(3, 0, 6, 10), offer(4, 0, 6, 50))
                .orElseThrow();
        assertEquals(
                List.of(new LayerSpan(0, 2), new LayerSpan(2, 4), new LayerSpan(4, 6)),
                plan.stages().stream().map(Stage::layers).toList());
        assertFalse(plan.stages().stream().anyMatch(s -> s.executor().equals(node(4))));
        assertEquals(
                2,
                plan(6, 3, offer(1, 0, 6, 10), offer(2, 0, 6, 10))
                        .orElseThrow()
                        .stages()
                        .size());
    }

    @Test
    void excludedExecutorsAreNotUsedAndPreferredOnesAre() {
        var candidates = List.of(offer(1, 0, 6, 10), offer(2, 0, 6, 12), offer(3, 0, 6, 99));
        Plan without = Planner.plan(new PlanRequest(6, candidates, Set.of(node(1)), Set.of(), 0))
                .orElseThrow();
        assertEquals(node(2), without.stages().getFirst().executor());
        Plan with = Planner.plan(new PlanRequest(6, candidates, Set.of(), Set.of(node(3)), 0))
                .orElseThrow();
        assertEquals(node(3), with.stages().getFirst().executor());
    }

    @Test
    void aGapIsNoPlan() {
        assertTrue(plan(6, 0, offer(1, 0, 3, 1), offer(2, 4, 6, 1)).isEmpty());
        assertTrue(plan(6, 0).isEmpty());
        assertTrue(plan(6, 0, offer(1, 0, 5, 1)).isEmpty());
    }

    @Test
    void manyOffersEndInBoundedTime() {
        Random random = new Random(11);
        Candidate[] many = new Candidate[200];
        for (int i = 0; i < many.length; i++) {
            int from = random.nextInt(60);
            many[i] = offer(i, from, from + 1 + random.nextInt(64 - from), 1 + random.nextInt(1000));
        }
        Plan plan = plan(64, 8, many).orElseThrow();
        check(64, plan);
    }

    /** Without gap or overlap, each executor once and inside its offer. */
    private static void check(int layers, Plan plan) {
        int next = 0;
        Set<NodeId> used = new HashSet<>();
        for (Stage stage : plan.stages()) {
            assertEquals(next, stage.layers().from());
            next = stage.layers().to();
            assertTrue(used.add(stage.executor()));
        }
        assertEquals(layers, next);
        assertTrue(plan.spares().stream().noneMatch(o -> used.contains(o.executor())));
    }

    @Property(tries = 300)
    void findsACoverIfThereIsOneAndTheCheapest(@ForAll long seed) {
        Random random = new Random(seed);
        int layers = 1 + random.nextInt(7);
        List<Candidate> candidates = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            int from = random.nextInt(layers);
            candidates.add(offer(i, from, from + 1 + random.nextInt(layers - from), 1 + random.nextInt(9)));
        }
        Optional<Plan> plan = Planner.plan(new PlanRequest(layers, candidates, Set.of(), Set.of(), 0));
        long best = cheapest(layers, 0, candidates, new HashSet<>());
        assertEquals(best != Long.MAX_VALUE, plan.isPresent());
        plan.ifPresent(p -> {
            check(layers, p);
            for (Stage stage : p.stages()) {
                assertTrue(candidates.stream()
                        .anyMatch(c -> c.offer().executor().equals(stage.executor())
                                && c.offer().layers().contains(stage.layers())
                                && c.offer().price() == stage.price()));
            }
            assertEquals(best, p.pricePerToken());
        });
    }

    /** Every division tried, layer by layer. */
    private static long cheapest(int layers, int at, List<Candidate> candidates, Set<NodeId> used) {
        if (at == layers) {
            return 0;
        }
        long best = Long.MAX_VALUE;
        for (Candidate candidate : candidates) {
            Offer offer = candidate.offer();
            if (offer.layers().from() > at || offer.layers().to() <= at || !used.add(offer.executor())) {
                continue;
            }
            for (int end = at + 1; end <= offer.layers().to(); end++) {
                long rest = cheapest(layers, end, candidates, used);
                if (rest != Long.MAX_VALUE) {
                    best = Math.min(best, rest + (end - at) * offer.price());
                }
            }
            used.remove(offer.executor());
        }
        return best;
    }
}
