package org.hearthnet.node.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for every estimate. */
class CostModelPropertyTest {
    private static final int TRIES = 300;
    private static final double SLACK = 1e-9;

    /** A whole question. */
    record Case(ModelShape model, Device device, Link link, Workload work, Counting counting, int stages, int tensor) {
        Pipeline pipeline() {
            return Pipeline.even(model, Math.min(stages, model.layers()), device, tensor, device.bus(), link);
        }

        Estimate estimate() {
            return new CostModel(counting).estimate(pipeline(), work);
        }

        Case with(Device other) {
            return new Case(model, other, link, work, counting, stages, tensor);
        }

        Case with(Link other) {
            return new Case(model, device, other, work, counting, stages, tensor);
        }

        Case with(Workload other) {
            return new Case(model, device, link, other, counting, stages, tensor);
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Shapes.models(),
                        Shapes.devices(),
                        Shapes.links(),
                        Shapes.workloads(),
                        Shapes.countings(),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.of(1, 2, 4, 8))
                .as(Case::new);
    }

    @Property(tries = TRIES)
    void fasterMemoryIsNeverSlower(@ForAll("cases") Case c, @ForAll @DoubleRange(min = 1, max = 10) double factor) {
        Device d = c.device();
        Device faster = d.measured("f", d.operationsPerSecond(), d.memoryBytesPerSecond() * factor);
        neverSlower(c.estimate(), c.with(faster).estimate());
    }

    @Property(tries = TRIES)
    void fasterArithmeticIsNeverSlower(@ForAll("cases") Case c, @ForAll @DoubleRange(min = 1, max = 10) double factor) {
        Device d = c.device();
        Device faster = d.measured("f", d.operationsPerSecond() * factor, d.memoryBytesPerSecond());
        neverSlower(c.estimate(), c.with(faster).estimate());
    }

    @Property(tries = TRIES)
    void moreBandwidthIsNeverSlower(@ForAll("cases") Case c, @ForAll @DoubleRange(min = 1, max = 100) double factor) {
        Link faster = new Link("f", c.link().bytesPerSecond() * factor, c.link().messageSeconds());
        neverSlower(c.estimate(), c.with(faster).estimate());
    }

    @Property(tries = TRIES)
    void lessLatencyIsNeverSlower(@ForAll("cases") Case c, @ForAll @DoubleRange(min = 0, max = 1) double factor) {
        Link faster = new Link("f", c.link().bytesPerSecond(), c.link().messageSeconds() * factor);
        neverSlower(c.estimate(), c.with(faster).estimate());
    }

    private static void neverSlower(Estimate before, Estimate after) {
        assertTrue(after.secondsPerToken() <= before.secondsPerToken() * (1 + SLACK), after + " after " + before);
        assertTrue(after.tokensPerSecond() >= before.tokensPerSecond() * (1 - SLACK), after + " after " + before);
    }

    @Property(tries = TRIES)
    void memoryGrowsWithContext(@ForAll("cases") Case c, @ForAll @IntRange(min = 1, max = 5000) int more) {
        Workload w = c.work();
        Workload longer = new Workload(w.batch(), w.context() + more, w.inFlight(), w.overlap());
        notLess(c.estimate(), c.with(longer).estimate(), c.counting().cache() != Counting.Cache.IGNORED);
    }

    @Property(tries = TRIES)
    void memoryGrowsWithBatch(@ForAll("cases") Case c, @ForAll @IntRange(min = 1, max = 50) int more) {
        Workload w = c.work();
        Workload larger = new Workload(w.batch() + more, w.context(), w.inFlight(), w.overlap());
        notLess(c.estimate(), c.with(larger).estimate(), c.counting().cache() != Counting.Cache.IGNORED);
    }

    private static void notLess(Estimate before, Estimate after, boolean strictly) {
        for (int i = 0; i < before.stages().size(); i++) {
            double less = before.stages().get(i).memory().needed();
            double more = after.stages().get(i).memory().needed();
            assertTrue(strictly ? more > less : more == less, more + " against " + less);
        }
    }

    @Property(tries = TRIES)
    void aPipelineOfOneStageIsASingleDevice(@ForAll("cases") Case c) {
        ModelShape m = c.model();
        Pipeline one = Pipeline.over(m, List.of(Stage.of(c.device(), m.layers())), c.link());
        Workload alone = new Workload(c.work().batch(), c.work().context(), 1, false);
        CostModel costs = new CostModel(c.counting());
        Estimate e = costs.estimate(one, alone);
        double read = (m.parameters() - m.inputWeights()) * m.bytesPerWeight()
                + alone.batch() * costs.cacheBytes(m, m.layers(), alone.context());
        double operations = alone.batch() * 2.0 * (m.parameters() - m.inputWeights());
        if (c.counting().cache() != Counting.Cache.IGNORED) {
            operations += alone.batch() * 4.0 * m.layers() * alone.context() * m.heads() * m.headSize();
        }
        double seconds = Math.max(
                read / c.device().memoryBytesPerSecond(),
                operations / c.device().operationsPerSecond());
        assertEquals(seconds, e.secondsPerToken(), seconds * SLACK);
        assertEquals(alone.batch() / seconds, e.tokensPerSecond(), e.tokensPerSecond() * SLACK);
        assertEquals(0, e.communicationSeconds());
    }

    @Property(tries = TRIES)
    void oneDeviceNeedsAsMuchMemoryAsAllStagesTogether(@ForAll("cases") Case c) {
        Case apart = new Case(c.model(), c.device(), c.link(), c.work(), c.counting(), c.stages(), 1);
        Case together = new Case(c.model(), c.device(), c.link(), c.work(), c.counting(), 1, 1);
        double sum = apart.estimate().stages().stream()
                .mapToDouble(s -> s.memory().weights() + s.memory().cache())
                .sum();
        StageMemory all = together.estimate().stages().getFirst().memory();
        assertEquals(all.weights() + all.cache(), sum, sum * SLACK);
    }

    @Property(tries = TRIES)
    void nothingIsDoneFasterThanDevicesCan(@ForAll("cases") Case c) {
        Estimate e = c.estimate();
        assertTrue(e.utilisation() > 0 && e.utilisation() <= 1 + SLACK, "utilisation " + e.utilisation());
        double inFlight = (double) c.work().inFlight() * c.work().batch();
        assertEquals(inFlight, e.tokensPerSecond() * e.secondsPerToken(), inFlight * SLACK); // Little's law
    }

    @Property(tries = TRIES)
    void moreBatchesInFlightNeverProduceLess(@ForAll("cases") Case c, @ForAll @IntRange(min = 1, max = 20) int more) {
        Workload w = c.work();
        Estimate after = c.with(new Workload(w.batch(), w.context(), w.inFlight() + more, w.overlap()))
                .estimate();
        Estimate before = c.estimate();
        assertTrue(after.tokensPerSecond() >= before.tokensPerSecond() * (1 - SLACK));
        assertTrue(after.secondsPerToken() >= before.secondsPerToken() * (1 - SLACK));
    }

    @Property(tries = TRIES)
    void overlapNeverProducesLess(@ForAll("cases") Case c) {
        Workload w = c.work();
        Estimate with =
                c.with(new Workload(w.batch(), w.context(), w.inFlight(), true)).estimate();
        Estimate without = c.with(new Workload(w.batch(), w.context(), w.inFlight(), false))
                .estimate();
        assertTrue(with.tokensPerSecond() >= without.tokensPerSecond() * (1 - SLACK));
    }

    @Property(tries = TRIES)
    void groupedHeadsNeverNeedMoreThanAllHeads(@ForAll("cases") Case c) {
        int context = c.work().context();
        double grouped = cache(c, Counting.Cache.GROUPED, context);
        double all = cache(c, Counting.Cache.MULTI_HEAD, context);
        assertEquals(all * c.model().keyValueHeads() / c.model().heads(), grouped, all * SLACK);
    }

    private static double cache(Case c, Counting.Cache counted, int context) {
        return new CostModel(c.counting().withCache(counted))
                .cacheBytes(c.model(), c.model().layers(), context);
    }

    @Property(tries = TRIES)
    void aPipelineIsAsFastAsItsSlowestStageAllows(
            @ForAll("cases") Case c, @ForAll @IntRange(min = 1, max = 9) int slow) {
        Pipeline even = c.pipeline();
        List<Stage> stages = new ArrayList<>(even.stages());
        Stage last = stages.removeLast();
        Device d = last.device();
        Device slower = d.measured("s", d.operationsPerSecond() / slow, d.memoryBytesPerSecond() / slow);
        stages.add(new Stage(slower, last.devices(), last.inner(), last.layers()));
        CostModel costs = new CostModel(c.counting());
        Estimate e = costs.estimate(new Pipeline(even.model(), stages, even.links()), c.work());
        double busiest = e.stages().stream()
                .mapToDouble(s -> s.occupied(c.work().overlap()))
                .max()
                .orElseThrow();
        assertTrue(e.tokensPerSecond() <= c.work().batch() / busiest * (1 + SLACK));
        assertTrue(e.tokensPerSecond() <= c.estimate().tokensPerSecond() * (1 + SLACK));
    }
}
