package org.hearthnet.node.sim.gossip;

import java.util.List;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.Message;
import org.hearthnet.node.p2p.gossipsub.Rpc;

/** Sends its neighbours messages that are not valid, and gives no others away. */
final class InvalidSpammer extends Withholder {
    private static final int TIMES = 3;

    InvalidSpammer(World world, PeerId id) {
        super(world, id);
    }

    @Override
    void heartbeat() {
        super.heartbeat();
        for (int i = 0; i < TIMES; i++) {
            Message invalid = world.message(id, false);
            Rpc rpc = Rpc.publishing(List.of(invalid));
            List.copyOf(links.keySet()).forEach(peer -> world.send(this, peer.id, rpc));
        }
    }
}
