package org.hearthnet.ledger.sim;

import java.util.List;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.consensus.Message;

/** One of two machines with one key and separate disks, as after a careless move. Each talks to others only in part. */
final class Twin extends Conduct {
    @Override
    boolean hears(Machine me, NodeId from, Message message) {
        return me.dice.chance(0.8);
    }

    @Override
    void send(Machine me, List<NodeId> to, Message message) {
        to.stream().filter(each -> me.dice.chance(0.8)).forEach(each -> me.transmit(each, message));
    }
}
