package org.hearthnet.node.sim.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages arrive in time in a small network, and in the long tests in a large one; nothing here depends on real time. */
class GossipSimTest {
    private static final long SEED = 20_261;

    @ParameterizedTest
    @EnumSource(Attack.class)
    void messagesReachEverybodyInTime(Attack attack) {
        System.out.println("GossipSimTest seed " + SEED);
        GossipResult result = GossipSim.run(Plan.of(100, attack, 20), SEED);
        assertTrue(result.isGood(), result.toString());
        assertEquals(0, result.honestShunned(), result.toString());
        assertTrue(result.amplification() >= 1 && result.amplification() < 16, result.toString());
    }

    @Test
    void spammersAreFoundOut() {
        assertTrue(GossipSim.run(Plan.of(60, Attack.INVALID, 10), SEED).attackersShunned() > 0);
        assertTrue(GossipSim.run(Plan.of(60, Attack.IHAVE, 10), SEED).attackersShunned() > 0);
    }

    /** A network without the routers' forwarding must fail: the simulation is able to say no. */
    @Test
    void networkOfNothingButWithholdersFails() {
        Plan plan = new Plan(60, Attack.WITHHOLD, 80, 30_000, 10, 500, 20, 150, 1, 20, 3, 40);
        GossipResult result = GossipSim.run(plan, SEED);
        assertTrue(!result.isGood() && result.inTimePercent() < 99, result.toString());
    }

    @Test
    void sameSeedIsTheSameRunAndAnotherIsNot() {
        Plan plan = Plan.of(60, Attack.MIXED, 10);
        assertEquals(GossipSim.run(plan, SEED), GossipSim.run(plan, SEED));
        assertTrue(!GossipSim.run(plan, SEED).equals(GossipSim.run(plan, SEED + 1)));
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(Attack.class)
    void messagesReachEverybodyInTimeAmongAThousand(Attack attack) {
        System.out.println("GossipSimTest seed " + SEED);
        GossipResult result = GossipSim.run(Plan.of(1_000, attack, 100), SEED);
        assertTrue(result.isGood(), result.toString());
        assertEquals(0, result.honestShunned(), result.toString());
    }
}
