package org.hearthnet.ledger.sim;

import java.util.List;
import java.util.Optional;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.store.Chain;

/** Makes blocks of the future, up to the last instant that a number can tell: after that one there would be no other. */
final class FutureClock extends Conduct {
    @Override
    Optional<Block> builds(Machine me, Chain chain, Block block) {
        BlockHeader h = block.header();
        long timeMs = me.dice.pick(List.of(h.timeMs() + 9_000, h.timeMs() + 3_600_000, Long.MAX_VALUE));
        BlockHeader header = new BlockHeader(
                h.height(),
                h.view(),
                h.parent(),
                timeMs,
                h.transactionsRoot(),
                h.stateRoot(),
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
}
