package org.hearthnet.ledger.sim;

import java.util.List;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.finality.SealedBlock;

/** Does as another until all others are well, then says nothing any more: what its votes made possible is left to others. */
final class Deserter extends Wrapped {
    Deserter(Conduct before) {
        super(before);
    }

    @Override
    void send(Machine me, List<NodeId> to, Message message) {
        if (!me.world.isHealed()) {
            super.send(me, to, message);
        }
    }

    @Override
    boolean hears(Machine me, NodeId from, Message message) {
        return !me.world.isHealed() && super.hears(me, from, message);
    }

    @Override
    List<SealedBlock> serves(Machine me, List<SealedBlock> blocks) {
        return me.world.isHealed() ? List.of() : super.serves(me, blocks);
    }
}
