package org.hearthnet.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.SealedBlock;

/** Sends what it has heard before, what it has no right to send, and what means nothing. */
final class Garbler extends Conduct {
    private static final int MEMORY = 64;

    private final List<Message> heard = new ArrayList<>();

    @Override
    boolean hears(Machine me, NodeId from, Message message) {
        if (heard.size() < MEMORY) {
            heard.add(message);
        } else {
            heard.set(me.dice.below(MEMORY), message);
        }
        if (me.dice.chance(0.3)) {
            me.transmit(me.dice.pick(me.others()), garbage(me, message));
        }
        return true;
    }

    private Message garbage(Machine me, Message latest) {
        return switch (me.dice.below(6)) {
            case 0 -> me.dice.pick(heard);
            case 1 -> usurped(me, latest);
            case 2 -> new Message.Status(latest.height() + 1 + me.dice.below(1000), 0, 0);
            case 3 -> forged(me, latest);
            case 4 -> feeble(me, latest);
            default -> far(me, latest);
        };
    }

    /** A notarized block once more, in a view that another leads. */
    private Message usurped(Machine me, Message latest) {
        Optional<Message.Proposal> block = Optional.empty();
        Optional<Certificate> lock = Optional.empty();
        for (Message message : heard) {
            if (message instanceof Message.Proposal proposal && proposal.height() == latest.height()) {
                block = Optional.of(proposal);
            }
        }
        for (Message message : heard) {
            if (message instanceof Message.Certified(var certificate)
                    && certificate.ballot().choice() == Ballot.Choice.NOTARIZE
                    && block.filter(b ->
                                    b.block().hash().equals(certificate.ballot().block()))
                            .isPresent()) {
                lock = Optional.of(certificate);
            }
        }
        if (block.isEmpty() || lock.isEmpty()) {
            return latest;
        }
        int view = lock.get().ballot().view() + 1 + me.dice.below(3);
        return new Message.Proposal(view, block.get().block(), lock);
    }

    /** A vote in another's name. */
    private static Message forged(Machine me, Message latest) {
        Ballot ballot = Ballot.nullify(latest.height(), me.dice.below(4));
        Signature own = me.vote(ballot).vote().signature();
        return new Message.Ballots(new Vote(ballot, me.dice.pick(me.others()), own));
    }

    /** A certificate of one vote. */
    private static Message feeble(Machine me, Message latest) {
        Ballot ballot = Ballot.nullify(latest.height(), me.dice.below(4));
        int seat = me.world
                .committee(latest.height())
                .map(committee -> committee.seatOf(me.id()))
                .orElse(OptionalInt.empty())
                .orElse(0);
        return new Message.Certified(new Certificate(
                ballot,
                List.of(new Certificate.Endorsement(seat, me.vote(ballot).vote().signature()))));
    }

    /** Votes for heights and views that nobody has come to. */
    private static Message far(Machine me, Message latest) {
        return me.vote(Ballot.notarize(
                latest.height() + me.dice.below(3), me.dice.below(100), new Hash32(me.dice.bits(), 0, 0, 1)));
    }

    @Override
    List<SealedBlock> serves(Machine me, List<SealedBlock> blocks) {
        return blocks.stream()
                .map(block -> new SealedBlock(
                        block.block(), new Certificate(block.certificate().ballot(), List.of())))
                .toList();
    }
}
