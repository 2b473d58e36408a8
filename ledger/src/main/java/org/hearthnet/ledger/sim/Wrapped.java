package org.hearthnet.ledger.sim;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.store.Chain;

/** Does as another. */
class Wrapped extends Conduct {
    private final Conduct other;

    Wrapped(Conduct other) {
        this.other = other;
    }

    @Override
    void send(Machine me, List<NodeId> to, Message message) {
        other.send(me, to, message);
    }

    @Override
    boolean hears(Machine me, NodeId from, Message message) {
        return other.hears(me, from, message);
    }

    @Override
    Optional<Block> builds(Machine me, Chain chain, Block block) {
        return other.builds(me, chain, block);
    }

    @Override
    boolean judges(Machine me, Block block) {
        return other.judges(me, block);
    }

    @Override
    List<SealedBlock> serves(Machine me, List<SealedBlock> blocks) {
        return other.serves(me, blocks);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + other.getClass().getSimpleName() + ")";
    }
}
