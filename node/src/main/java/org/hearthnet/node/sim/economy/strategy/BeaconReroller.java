package org.hearthnet.node.sim.economy.strategy;

/** Cheats and looks at its leaders' beacons first: a turn whose beacon sends a wrong receipt to a stranger is given up. */
public final class BeaconReroller extends Cheat {
    /** @param often how often it cheats, thousandths */
    public BeaconReroller(int often, Plea plea) {
        super(often, FULL, plea);
    }
}
