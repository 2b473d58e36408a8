package org.hearthnet.ledger.sim;

import java.util.List;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.finality.Ballot;

/** Votes for everything and against everything, and tells each something else. */
final class Equivocator extends Conduct {
    @Override
    boolean hears(Machine me, NodeId from, Message message) {
        if (message instanceof Message.Proposal proposal) {
            long height = proposal.height();
            int view = proposal.view();
            List<Ballot> all = List.of(
                    Ballot.notarize(height, view, proposal.block().hash()),
                    Ballot.finalizing(height, view, proposal.block().hash()),
                    Ballot.nullify(height, view));
            for (NodeId each : me.others()) {
                all.stream().filter(ballot -> me.dice.chance(0.6)).forEach(b -> me.transmit(each, me.vote(b)));
            }
        }
        return true;
    }

    @Override
    void send(Machine me, List<NodeId> to, Message message) {
        if (!(message instanceof Message.Ballots ballots)) {
            super.send(me, to, message);
            return;
        }
        Ballot ballot = ballots.vote().ballot();
        Message contrary = me.vote(
                ballot.choice() == Ballot.Choice.NULLIFY
                        ? Ballot.finalizing(ballot.height(), ballot.view(), me.world.rules.network())
                        : Ballot.nullify(ballot.height(), ballot.view()));
        for (NodeId each : to) {
            me.transmit(each, me.dice.chance(0.5) ? message : contrary);
        }
    }
}
