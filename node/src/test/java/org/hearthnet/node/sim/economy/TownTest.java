package org.hearthnet.node.sim.economy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.rules.Detection.Shares;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.node.sim.economy.Conduct.Finding;
import org.hearthnet.node.sim.economy.Conduct.Plea;
import org.hearthnet.node.sim.economy.strategy.FalseAccuser;
import org.hearthnet.node.sim.economy.strategy.FlakyLine;
import org.hearthnet.node.sim.economy.strategy.LayerSkipper;
import org.hearthnet.node.sim.economy.strategy.LazyVerifier;
import org.hearthnet.node.sim.economy.strategy.ReplayFarmer;
import org.junit.jupiter.api.Test;

/** The network on the ledger's real transition function, and the aggregate model beside it. */
class TownTest {
    private static final Parameters P = SimParameters.network();
    private static final Market MARKET = new Market(2, 1000, 600, 60);

    private static TownResult town(int executors, int verifiers, int epochs, TownPlan.Group... groups) {
        return Town.run(new TownPlan(P, MARKET, executors, verifiers, 6, epochs, List.of(groups), 5), epoch -> {});
    }

    @Test
    void nobodyHonestLosesItsBondAndLiesDoNotPay() {
        TownPlan.Group[] groups = {
            new TownPlan.Group("skipper", new LayerSkipper(1000, 250, Plea.DEFEND), 2, 2, 0),
            new TownPlan.Group("flaky", new FlakyLine(200), 2, 0, 0),
            new TownPlan.Group("replay", new ReplayFarmer(3), 2, 2, 0),
            new TownPlan.Group("lazy", new LazyVerifier(Finding.GUESS), 0, 6, 0),
            new TownPlan.Group("accuser", new FalseAccuser(1000), 0, 6, 0)
        };
        TownResult first = town(16, 40, 8, groups);
        assertEquals(0, first.honestBondsLost());
        assertEquals(0, first.honestBondTaken());
        assertTrue(first.duties() > 100, "duties: " + first.duties());
        for (TownResult.GroupResult g : first.groups()) {
            assertTrue(g.gain() < g.honest(), g + " gains more than honesty");
        }
        TownResult.GroupResult skipper = first.groups().getFirst();
        assertEquals(skipper.executors(), skipper.convicted());
        assertEquals(0, first.groups().get(1).convicted(), "an outage must not cost the bond");
        assertEquals(first, town(16, 40, 8, groups), "the same seed is the same town");
    }

    /** Both models of the same ring: how many are found, and after how many wrong receipts. */
    @Test
    void theAggregateModelAgreesWithTheLedger() {
        LayerSkipper skipper = new LayerSkipper(150, 250, Plea.DEFEND);
        int ring = 16;
        int epochs = 8;
        TownResult town = town(48, 20, epochs, new TownPlan.Group("ring", skipper, ring, 0, 0));
        TownResult.GroupResult found = town.groups().getFirst();
        // Veterans weigh 101 with their record and bond, newcomers almost nothing; a third of the others is of the
        // ring.
        int share = (ring - 1) * 1000 / 47;
        int lives = 2000;
        int convicted = 0;
        for (int i = 0; i < lives; i++) {
            Life.Start start = new Life.Start(P.minimumBond(), 0, epochs);
            convicted += Life.run(P, MARKET, new Shares(share, share, 0), skipper, start, i)
                            .convicted()
                    ? 1
                    : 0;
        }
        double expected = convicted / (double) lives;
        double half = 3.9 * Math.sqrt(expected * (1 - expected) / ring);
        assertEquals(expected, found.convicted() / (double) ring, half, "part of the ring that was convicted");
        assertTrue(expected > 0.2 && expected < 0.95, "nothing is compared at " + expected);
    }

    @Test
    void anHonestLifeEarnsWhatItsFeesSay() {
        Life.Start start = new Life.Start(P.minimumBond(), 50, 10);
        Life.Outcome life = Life.run(P, MARKET, Shares.NONE, Conduct.HONEST, start, 3);
        Amount fee = MARKET.fee(P, P.minimumBond());
        long each = fee.fraction(P.executorShare(), 1000).sparks() - MARKET.executionCost(fee, 1000);
        assertEquals(each * 20, life.gain(), 20);
    }
}
