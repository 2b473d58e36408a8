package org.hearthnet.node.sim.gossip;

import java.util.List;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.Message;

/** Takes part in everything, announces what it has, and gives no message to anybody. */
class Withholder extends RouterActor {
    Withholder(World world, PeerId id) {
        super(world, id);
    }

    @Override
    boolean isHonest() {
        return false;
    }

    @Override
    void forward(Message message, List<PeerId> peers) {
        // this is what it is about
    }
}
