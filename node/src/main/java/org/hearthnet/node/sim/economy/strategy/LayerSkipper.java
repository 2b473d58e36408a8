package org.hearthnet.node.sim.economy.strategy;

/** Leaves out layers. */
public final class LayerSkipper extends Cheat {
    /**
     * @param often how often, thousandths
     * @param skipped part of the layers, thousandths
     */
    public LayerSkipper(int often, int skipped, Plea plea) {
        super(often, skipped, plea);
    }
}
