package org.hearthnet.ledger.sim;

import java.util.Optional;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.store.Chain;

/** Keeps its blocks for itself, as one that does not like the beacon it would make. */
final class BeaconWithholder extends Conduct {
    @Override
    Optional<Block> builds(Machine me, Chain chain, Block block) {
        return Optional.empty();
    }
}
