package org.hearthnet.node.sim.gossip;

/** Runs simulated networks. */
public final class GossipSim {
    private GossipSim() {}

    /** One run. Deterministic: the same plan and seed give the same result. */
    public static GossipResult run(Plan plan, long seed) {
        World world = new World(plan, seed);
        world.run();
        return world.tally().result(seed);
    }
}
