package org.hearthnet.ledger.sim;

import java.util.List;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.consensus.Message;

/** Says everything late, in another order, often after it has stopped to matter. */
final class Late extends Conduct {
    private static final long MIN_MS = 100;
    private static final long MAX_MS = 3000;

    @Override
    void send(Machine me, List<NodeId> to, Message message) {
        for (NodeId each : to) {
            me.world.events.after(me.dice.between(MIN_MS, MAX_MS), () -> me.transmit(each, message));
        }
    }
}
