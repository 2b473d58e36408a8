package org.hearthnet.node.plan.earn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hearthnet.node.plan.Counting;
import org.hearthnet.node.plan.Economics;
import org.hearthnet.node.plan.PlanException;
import org.hearthnet.node.plan.Workload;
import org.hearthnet.node.plan.catalog.Catalog;
import org.junit.jupiter.api.Test;

/** Earnings by hand. */
class EarningsTest {
    private static final double EPSILON = 1e-9;
    private static final long DAY_MS = 24L * 3600 * 1000;
    private static final Economics ECONOMICS = new Economics(2, 0.3);
    private static final Earnings.Cost COST = new Earnings.Cost(1752, 300, 100);

    /** 1000 layer-tokens a second for half a day's load of one that shares with one other. */
    @Test
    void theLoadIsSharedAndPaid() {
        Market market = Market.of(864_000_000, 86_400_000, DAY_MS, 1, 0.7);
        assertEquals(10, market.sparksPerLayerToken(), EPSILON);
        Earnings e = Earnings.of(market, new Machine(10, 1000), 40, false, COST, ECONOMICS);
        assertEquals(0.5, e.busyShare(), EPSILON);
        assertEquals(43_200_000 * 10 * 0.7, e.sparksPerDay(), 1);
        assertEquals(2 * e.sparksPerDay(), e.sparksPerDayIfBusy(), 1);
        assertEquals(0.2 * 24 * 0.3, e.electricityUsdPerDay(), EPSILON);
        // 25 tokens a second through 40 layers, 90,000 an hour, for 0.3 kW x 0.3 USD.
        assertEquals(1.0, e.breakEvenUsdPerMillionTokens(), EPSILON);
        // and 1752 USD over 2 years: 0.1 an hour more
        assertEquals(1.0 + 0.1 / 0.09, e.breakEvenUsdPerMillionTokensWithPrice(), EPSILON);
        assertEquals(1.44 / 302.4, e.usdPerCredit().orElseThrow(), EPSILON);
    }

    @Test
    void whoServesAlreadyDoesNotShareWithItself() {
        Market market = Market.of(1000, 100, DAY_MS, 2, 1);
        Machine machine = new Machine(1, 1000);
        double newcomer =
                Earnings.of(market, machine, 1, false, COST, ECONOMICS).sparksPerDay();
        double serving = Earnings.of(market, machine, 1, true, COST, ECONOMICS).sparksPerDay();
        assertEquals(1000 / 3.0, newcomer, 1e-6);
        assertEquals(1000 / 2.0, serving, 1e-6);
    }

    @Test
    void noMachineEarnsMoreThanItCanDo() {
        Market market = Market.of(1_000_000_000_000L, 1_000_000_000_000L, DAY_MS, 1, 1);
        Earnings e = Earnings.of(market, new Machine(1, 10), 1, false, COST, ECONOMICS);
        assertEquals(1, e.busyShare(), EPSILON);
        assertEquals(e.sparksPerDayIfBusy(), e.sparksPerDay(), EPSILON);
    }

    @Test
    void withoutLoadNothingIsEarned() {
        Earnings e = Earnings.of(new Market(5, 0, 0, 1), new Machine(1, 10), 1, false, COST, ECONOMICS);
        assertEquals(0, e.sparksPerDay());
        assertFalse(e.usdPerCredit().isPresent());
        assertThrows(PlanException.class, () -> Market.of(0, 0, DAY_MS, 0, 1));
        assertThrows(PlanException.class, () -> Market.of(1, 1, 0, 0, 1));
    }

    @Test
    void aMachineTakesTheLayersThatFit() {
        Catalog catalog = Catalog.builtIn();
        var model = catalog.model("llama-2-70b");
        var card = catalog.device("rtx-4090");
        Workload work = new Workload(1, 4096, 1, false);
        Machine machine = Machine.of(model, card, model.layers(), work, Counting.complete());
        assertTrue(machine.layers() >= 10 && machine.layers() < 14, "layers: " + machine.layers());
        assertEquals(3, Machine.of(model, card, 3, work, Counting.complete()).layers());
        assertThrows(
                PlanException.class,
                () -> Machine.of(
                        model, catalog.device("rtx-4090"), 5, new Workload(4000, 4096, 1, false), Counting.complete()));
    }
}
