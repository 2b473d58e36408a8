package org.hearthnet.node.sim.gossip;

import java.util.List;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.Rpc;

/** A Sybil without a router: dials whom it can, grafts everybody again and again whatever it is told, and passes nothing on. */
class MeshTaker extends Actor {
    /** Connections that it opens: several times as many as an honest peer. */
    private static final int DIALS = 60;

    private static final int DIALS_AT_ONCE = 10;
    private static final Rpc GRAFT = new Rpc(
            List.of(new Rpc.Subscription(World.TOPIC, true)),
            List.of(),
            0,
            List.of(),
            List.of(),
            List.of(World.TOPIC),
            List.of(),
            List.of());

    MeshTaker(World world, PeerId id) {
        super(world, id);
    }

    @Override
    boolean isHonest() {
        return false;
    }

    @Override
    boolean welcomes(Actor other) {
        return true;
    }

    @Override
    void linked(Actor other, boolean dialled) {
        super.linked(other, dialled);
        world.send(this, other.id, GRAFT);
    }

    @Override
    void receive(Actor from, Rpc rpc) {
        // takes, and does nothing with it
    }

    @Override
    void heartbeat() {
        List.copyOf(links.keySet()).forEach(peer -> world.send(this, peer.id, GRAFT));
        for (int i = 0; i < DIALS_AT_ONCE && dialled() < DIALS; i++) {
            world.dial(this, target());
        }
    }

    PeerId target() {
        return world.anybody();
    }
}
