package org.hearthnet.ledger.sim;

import java.util.List;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.finality.SealedBlock;

/** What goes over the simulated network. */
sealed interface Packet {
    /** A member's message. */
    record Consensus(Message message) implements Packet {}

    /** Asks for final blocks from a height on. */
    record Ask(long height) implements Packet {}

    /** The answer. */
    record Blocks(List<SealedBlock> blocks) implements Packet {}
}
