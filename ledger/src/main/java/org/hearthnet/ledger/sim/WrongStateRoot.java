package org.hearthnet.ledger.sim;

import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.store.Chain;

/** Makes blocks that claim another state than they lead to, and votes for everything. */
final class WrongStateRoot extends Conduct {
    @Override
    Optional<Block> builds(Machine me, Chain chain, Block block) {
        BlockHeader h = block.header();
        Hash32 wrong = Hashing.in("sim/wrong").add(h.stateRoot()).finish();
        BlockHeader header = new BlockHeader(
                h.height(),
                h.view(),
                h.parent(),
                h.timeMs(),
                h.transactionsRoot(),
                wrong,
                h.committees(),
                h.beaconProof(),
                h.beacon(),
                h.proposer());
        return Optional.of(new Block(
                header,
                BlockHeader.KIND.sign(
                        me.proposer(h.height()).vote(), chain.rules().network(), header),
                block.transactions()));
    }

    @Override
    boolean judges(Machine me, Block block) {
        return true;
    }
}
