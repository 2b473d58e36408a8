package org.hearthnet.node.sim.economy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.hearthnet.genesis.rules.Detection.Shares;
import org.hearthnet.node.sim.economy.Conduct.Plea;
import org.hearthnet.node.sim.economy.Strategy.Kind;
import org.hearthnet.node.sim.economy.strategy.Colluders;
import org.junit.jupiter.api.Test;

class EconomySimTest {
    private static final long SEED = 3;
    private static final Shares THIRD = new Shares(333, 333, 333);

    private static final Strategy COLLUDERS =
            new Strategy("colluders", Kind.EXECUTOR, List.of(new Colluders(1000, Plea.DEFEND)));

    @Test
    void everyAttemptAgainstTheLedgerIsStopped() {
        List<Attempt> attempts = Attempts.all(SEED);
        assertTrue(attempts.size() > 20);
        attempts.forEach(a -> assertTrue(a.stopped(), a.toString()));
    }

    /** The simulator must be able to find a profit, or its silence says nothing. */
    @Test
    void feesOverTheCapMakeCheatingPay() {
        Market loose = new Market(1, 20_000, 600, 60);
        var within = new BestResponse.Effort(SimParameters.network(), Market.TYPICAL, 3, 1, 150, SEED);
        var over = new BestResponse.Effort(SimParameters.network(), loose, 3, 1, 150, SEED);
        assertFalse(BestResponse.of(COLLUDERS, THIRD, within).profits());
        assertTrue(BestResponse.of(COLLUDERS, THIRD, over).profits());
        assertTrue(BestResponse.of(COLLUDERS, new Shares(1000, 0, 0), within).profits(), "nobody left to find it");
    }

    @Test
    void surfacesDoNotDependOnThreads() throws Exception {
        var effort = new BestResponse.Effort(SimParameters.network(), Market.TYPICAL, 10, 2, 20, SEED);
        List<Shares> points = Surface.cube(0, 500);
        List<BestResponse> wide = Surface.of(COLLUDERS, points, effort, done -> {});
        try (ForkJoinPool one = new ForkJoinPool(1)) {
            assertEquals(
                    wide,
                    one.submit(() -> Surface.of(COLLUDERS, points, effort, done -> {}))
                            .get());
        }
    }

    @Test
    void rareLossesWidenTheInterval() {
        double[] samples = new double[100];
        java.util.Arrays.fill(samples, 1);
        assertEquals(1, Estimate.of(samples).low());
        assertEquals(
                1 - 3 * 500 / 100.0,
                Estimate.of(samples).allowingForRare(0, 500).low());
        assertEquals(1, Estimate.of(samples).allowingForRare(5, 500).low());
    }
}
