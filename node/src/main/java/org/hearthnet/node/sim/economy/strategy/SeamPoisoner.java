package org.hearthnet.node.sim.economy.strategy;

/**
 * Sends its neighbour other activations than it commits to. The two signatures convict it, drawn or not, if the neighbour reports
 * them; consistent nonsense is a wrong receipt like any other. Here the neighbour never reports, which is best for the poisoner.
 */
public final class SeamPoisoner extends Cheat {
    /** @param often how often, thousandths */
    public SeamPoisoner(int often, Plea plea) {
        super(often, FULL, plea);
    }
}
