package org.hearthnet.node.chain;

import java.util.List;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.state.LedgerEvent;

/**
 * Told of every block that this node adds, in order and one at a time, on the thread that added it. The next block waits
 * meanwhile: hand long work to another thread, and never wait for a transaction in here.
 */
@FunctionalInterface
public interface ChainListener {
    void onBlock(Block block, List<LedgerEvent> events);
}
