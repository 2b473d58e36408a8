package org.hearthnet.node.sim.gossip;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.Rpc;

/** A peer of the simulated network: its links, and how it behaves. */
abstract class Actor {
    final World world;
    final PeerId id;
    /** Open links and whether this side dialled. */
    final Map<Actor, Boolean> links = new LinkedHashMap<>();

    private boolean alive = true;

    Actor(World world, PeerId id) {
        this.world = world;
        this.id = id;
    }

    boolean isAlive() {
        return alive;
    }

    void die() {
        alive = false;
    }

    abstract boolean isHonest();

    /** Whether it takes a link that another one dialled. */
    boolean welcomes(Actor other) {
        return links.size() < world.plan().maxLinks();
    }

    void linked(Actor other, boolean dialled) {
        links.put(other, dialled);
    }

    void unlinked(Actor other) {
        links.remove(other);
    }

    abstract void receive(Actor from, Rpc rpc);

    abstract void heartbeat();

    long dialled() {
        return links.values().stream().filter(mine -> mine).count();
    }
}
