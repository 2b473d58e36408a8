package org.hearthnet.ledger.sim;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.store.Chain;
import org.jspecify.annotations.Nullable;

/** Makes two blocks for each view that it leads, shows either to a part of the others, and votes for both. */
final class ConflictingProposer extends Conduct {
    private @Nullable Block second;

    @Override
    Optional<Block> builds(Machine me, Chain chain, Block block) {
        int view = block.header().view();
        second = chain.build(me.proposer(block.height()), view, block.header().timeMs() + 1, List.of())
                .block();
        return Optional.of(block);
    }

    @Override
    void send(Machine me, List<NodeId> to, Message message) {
        Block other = second;
        boolean fresh = other != null
                && message instanceof Message.Proposal proposal
                && proposal.block().height() == other.height()
                && proposal.block().header().view() == other.header().view()
                && proposal.view() == other.header().view();
        if (!fresh || other == null) {
            super.send(me, to, message);
            return;
        }
        int view = other.header().view();
        Message twin = new Message.Proposal(view, other, Optional.empty());
        for (NodeId each : to) {
            boolean mine = me.dice.chance(0.5);
            me.transmit(each, mine ? message : twin);
            if (!mine) {
                me.transmit(each, me.vote(Ballot.notarize(other.height(), view, other.hash())));
                me.transmit(each, me.vote(Ballot.finalizing(other.height(), view, other.hash())));
            }
        }
    }
}
