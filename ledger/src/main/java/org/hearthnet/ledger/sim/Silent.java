package org.hearthnet.ledger.sim;

import java.util.List;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.consensus.Message;

/** Says nothing: has gone, or has never been there. */
final class Silent extends Conduct {
    @Override
    void send(Machine me, List<NodeId> to, Message message) {}
}
