package org.hearthnet.ledger.sim;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.store.Chain;

/** What a machine makes of what its member wants to do. This one does just that; subclasses are Byzantine. */
class Conduct {
    /** An honest member's. */
    static final Conduct HONEST = new Conduct() {
        @Override
        boolean isHonest() {
            return true;
        }
    };

    boolean isHonest() {
        return false;
    }

    /** The member sends a message. */
    void send(Machine me, List<NodeId> to, Message message) {
        to.forEach(each -> me.transmit(each, message));
    }

    /** A message has arrived; whether the member is told. */
    boolean hears(Machine me, NodeId from, Message message) {
        return true;
    }

    /** The member has made a block. */
    Optional<Block> builds(Machine me, Chain chain, Block block) {
        return Optional.of(block);
    }

    /** Whether to call a block valid without looking. */
    boolean judges(Machine me, Block block) {
        return false;
    }

    /** Somebody has asked for blocks. */
    List<SealedBlock> serves(Machine me, List<SealedBlock> blocks) {
        return blocks;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
