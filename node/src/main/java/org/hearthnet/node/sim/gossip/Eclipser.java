package org.hearthnet.node.sim.gossip;

import org.hearthnet.node.p2p.PeerId;

/** A {@link MeshTaker} that dials nobody but the victims, so as to be all that they see of the network. */
final class Eclipser extends MeshTaker {
    Eclipser(World world, PeerId id) {
        super(world, id);
    }

    @Override
    PeerId target() {
        return world.victim();
    }
}
