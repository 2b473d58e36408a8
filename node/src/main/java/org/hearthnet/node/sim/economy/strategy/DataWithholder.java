package org.hearthnet.node.sim.economy.strategy;

import org.hearthnet.node.sim.economy.Conduct;

/** Computes honestly but serves no inputs to strangers, which spares its line. */
public final class DataWithholder implements Conduct {
    @Override
    public boolean serves(boolean right, boolean friend) {
        return friend;
    }

    @Override
    public String toString() {
        return "serves friends only";
    }
}
