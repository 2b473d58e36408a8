package org.hearthnet.ledger.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.SealedBlock;
import org.jspecify.annotations.Nullable;

/**
 * One member of the committee: Simplex (Chan and Pass, 2023), one instance a height. Not safe for several threads.
 *
 * <p>A height is decided in views 0, 1, 2, ... The leader of a view proposes a block; whoever finds it valid notarizes it;
 * a view that takes too long is nullified. A quorum of either ends the view. Who sees the notarization and has not
 * nullified the view finalizes it, and a quorum of that decides. A proposal must extend what is certified: either all
 * earlier views are nullified, or it is the block of a notarized view after which all are.
 *
 * <table>
 *   <caption>transitions</caption>
 *   <tr><th>input</th><th>condition</th><th>what follows</th></tr>
 *   <tr><td>rest</td><td></td><td>nothing, until the next height begins</td></tr>
 *   <tr><td>begin</td><td></td><td>view 0; a leader asks for a block</td></tr>
 *   <tr><td>built</td><td>leader of the current view, nothing made for it before</td><td>keep, propose, notarize</td></tr>
 *   <tr><td>proposal</td><td>first of its view, current, anchored, valid</td><td>keep, notarize</td></tr>
 *   <tr><td>proposal</td><td>found not valid</td><td>keep, nullify</td></tr>
 *   <tr><td>view timer</td><td>current view, not finalized in it</td><td>keep, nullify</td></tr>
 *   <tr><td>quorum notarizes v</td><td>not nullified v</td><td>keep, finalize v</td></tr>
 *   <tr><td>quorum notarizes or nullifies v</td><td>v at or after the current view</td><td>view v + 1; a leader proposes</td></tr>
 *   <tr><td>quorum finalizes v</td><td></td><td>decide</td></tr>
 *   <tr><td>resend timer</td><td>not decided</td><td>status and own unsettled votes again</td></tr>
 *   <tr><td>status</td><td>sender lacks certificates</td><td>certificates</td></tr>
 * </table>
 *
 * <p>Why two blocks are never final at one height: a finalized view v has a quorum that never nullifies v, so v is never
 * nullified, so whatever is proposed, and by induction notarized, in a later view is the block of v.
 */
public final class Simplex {
    private final NodeId self;
    private final Timings timings;
    private final Function<Ballot, Signature> signer;
    private final Rounds rounds;
    private final EarlyMessages early = new EarlyMessages();
    private List<Effect> effects = new ArrayList<>();
    private @Nullable Round round;

    /** @param signer signs the member's own ballots */
    public Simplex(NodeId self, Timings timings, Function<Ballot, Signature> signer) {
        this(self, timings, signer, Round::new);
    }

    /** For tests, which plant errors in rounds to see them found. */
    Simplex(NodeId self, Timings timings, Function<Ballot, Signature> signer, Rounds rounds) {
        this.self = self;
        this.timings = timings;
        this.signer = signer;
        this.rounds = rounds;
    }

    /** Makes rounds. */
    @FunctionalInterface
    interface Rounds {
        /** The round of a height. */
        Round begin(long height, Committee committee, List<Promise> promises);
    }

    /** Takes one input. */
    public List<Effect> step(Input input) {
        effects = new ArrayList<>();
        if (input instanceof Input.Begin begin) {
            begin(begin);
        } else if (input instanceof Input.Rest) {
            rest();
        } else if (round != null) {
            dispatch(round, input);
        }
        return effects;
    }

    /** Whether a message would change nothing: then its signatures, true or not, need not be verified. */
    public boolean isRedundant(Message message) {
        Round now = round;
        return now != null && message.height() == now.height && now.isRedundant(message);
    }

    private void dispatch(Round round, Input input) {
        switch (input) {
            case Input.Begin begin -> throw new IllegalStateException("handled before");
            case Input.Rest rest -> throw new IllegalStateException("handled before");
            case Input.Received received -> receive(round, received);
            case Input.Built(int view, Block block) -> built(round, view, block);
            case Input.Judged(Hash32 block, boolean valid) -> {
                round.judged(block, valid);
                vote(round);
            }
            case Input.Elapsed(Timer timer) -> elapsed(round, timer);
        }
    }

    private void begin(Input.Begin begin) {
        if (begin.committee().seatOf(self).isEmpty()) {
            rest();
            return;
        }
        Round next = rounds.begin(begin.height(), begin.committee(), begin.promises());
        round = next;
        effects.add(new Effect.Arm(new Timer(Timer.Purpose.RESEND, next.height, 0), timings.resendMs()));
        enter(next, 0);
        restore(next, begin.promises());
        early.take().forEach(received -> receive(next, received));
    }

    private void rest() {
        round = null;
        early.take();
    }

    /** Sends and counts again what was cast before a restart. */
    private void restore(Round round, List<Promise> promises) {
        for (Promise promise : promises) {
            switch (promise) {
                case Promise.Cast(Ballot ballot) -> {
                    count(round, send(ballot));
                }
                case Promise.Seen(Message.Proposal proposal) ->
                    proposal.lock().ifPresent(lock -> certified(round, lock, false));
                case Promise.SeenAgain(int view, Certificate lock) -> certified(round, lock, false);
                case Promise.Notarized(Certificate certificate) -> certified(round, certificate, false);
                case Promise.Proposed made -> {}
            }
        }
    }

    private void receive(Round round, Input.Received received) {
        Message message = received.message();
        if (message instanceof Message.Status status) {
            status(round, received.from(), status);
        } else if (message.height() == round.height + 1) {
            early.add(received);
        } else if (message.height() == round.height && round.decision().isEmpty()) {
            switch (message) {
                case Message.Proposal proposal -> proposal(round, proposal);
                case Message.Ballots(Vote vote) -> count(round, vote);
                case Message.Certified(Certificate certificate) -> certified(round, certificate, false);
                case Message.Status status -> throw new IllegalStateException("handled before");
            }
        }
    }

    // ---- Views

    private void enter(Round round, int view) {
        round.enter(view);
        effects.add(new Effect.Arm(new Timer(Timer.Purpose.VIEW, round.height, view), timings.viewMs(view)));
        propose(round, false);
        vote(round);
    }

    /** As leader of the current view, proposes what can be proposed. */
    private void propose(Round round, boolean waited) {
        int view = round.current();
        if (!round.committee.leader(round.height, view).equals(self)
                || round.here().hasProposed()) {
            return;
        }
        Optional<Message.Proposal> again = round.reproposal();
        if (again.isPresent()) {
            boolean justNotarized = again.get().lock().orElseThrow().ballot().view() == view - 1;
            if (justNotarized && !waited) {
                // Its finalization is probably under way.
                effects.add(
                        new Effect.Arm(new Timer(Timer.Purpose.REPROPOSE, round.height, view), timings.reproposeMs()));
                return;
            }
            round.here().setProposed();
            effects.add(new Effect.Broadcast(again.get()));
            proposal(round, again.get());
        } else if (round.nullified(0, view) && round.here().made().isEmpty()) {
            // A member that was started again does not know the block that it made, and must not make another.
            round.here().setProposed();
            effects.add(new Effect.Build(round.height, view));
        }
    }

    private void built(Round round, int view, Block block) {
        boolean current = view == round.current()
                && block.height() == round.height
                && round.decision().isEmpty();
        if (!current || block.header().view() != view || round.here().made().isPresent()) {
            return;
        }
        round.here().setMade(block.hash());
        effects.add(new Effect.Keep(new Promise.Proposed(round.height, view, block.hash())));
        Message.Proposal proposal = new Message.Proposal(view, block, Optional.empty());
        effects.add(new Effect.Broadcast(proposal));
        round.judged(block.hash(), true);
        proposal(round, proposal);
    }

    // ---- Proposals and own votes

    private void proposal(Round round, Message.Proposal proposal) {
        proposal.lock().ifPresent(lock -> certified(round, lock, false));
        if (!round.isOfInterest(proposal.view()) || round.decision().isPresent()) {
            return;
        }
        View view = round.view(proposal.view());
        if (view.proposal().isEmpty()) {
            view.setProposal(proposal);
        } else {
            Block first = view.proposal().get().block();
            accuse(first, proposal.block());
            boolean wanted = view.notarization()
                    .filter(c -> c.ballot().block().equals(proposal.block().hash()))
                    .isPresent();
            if (wanted) {
                view.setProposal(proposal);
            }
        }
        vote(round);
        propose(round, false);
    }

    private void accuse(Block first, Block second) {
        boolean sameView = first.header().view() == second.header().view();
        if (sameView && !first.hash().equals(second.hash())) {
            effects.add(new Effect.Accuse(new Contradiction.TwoBlocks(first.signedHeader(), second.signedHeader())));
        }
    }

    /** Notarizes the current view's proposal if everything speaks for it. */
    private void vote(Round round) {
        Optional<Message.Proposal> proposal = round.here().proposal();
        if (proposal.isEmpty() || round.decision().isPresent() || !round.isAnchored(proposal.get())) {
            return;
        }
        Block block = proposal.get().block();
        Ballot ballot = Ballot.notarize(round.height, round.current(), block.hash());
        if (!round.here().mayCast(ballot)) {
            return;
        }
        Optional<Boolean> valid = round.judgement(block.hash());
        if (valid.isPresent() && valid.get()) {
            effects.add(new Effect.Keep(round.seen(proposal.get())));
            cast(round, ballot);
        } else if (valid.isPresent()) {
            cast(round, Ballot.nullify(round.height, round.current()));
        } else if (round.askJudgement(block.hash())) {
            effects.add(new Effect.Judge(block));
        }
    }

    /** Keeps, sends and counts an own ballot, unless an earlier one forbids it. */
    private void cast(Round round, Ballot ballot) {
        View view = round.view(ballot.view());
        if (!view.mayCast(ballot)) {
            return;
        }
        view.cast(ballot);
        effects.add(new Effect.Keep(new Promise.Cast(ballot)));
        count(round, send(ballot));
    }

    private Vote send(Ballot ballot) {
        Vote vote = new Vote(ballot, self, signer.apply(ballot));
        effects.add(new Effect.Broadcast(new Message.Ballots(vote)));
        return vote;
    }

    // ---- Votes and certificates of all members

    private void count(Round round, Vote vote) {
        Ballot ballot = vote.ballot();
        // After a restart own votes may be far ahead of the first view, and nobody sends them here again.
        boolean wanted = vote.voter().equals(self) || round.isOfInterest(ballot.view());
        if (!wanted || round.decision().isPresent()) {
            return;
        }
        View view = round.view(ballot.view());
        Optional<Vote> contradiction = view.count(vote);
        if (contradiction.isPresent()) {
            effects.add(new Effect.Accuse(new Contradiction.TwoVotes(contradiction.get(), vote)));
        } else if (view.certificate(ballot.choice()).isEmpty()) {
            view.tally.certificate(ballot).ifPresent(certificate -> certified(round, certificate, true));
        }
    }

    private void certified(Round round, Certificate certificate, boolean own) {
        Ballot ballot = certificate.ballot();
        if (round.decision().isPresent() || !round.view(ballot.view()).certify(certificate)) {
            return;
        }
        if (own) {
            effects.add(new Effect.Broadcast(new Message.Certified(certificate)));
        }
        switch (ballot.choice()) {
            case NOTARIZE -> notarized(round, certificate);
            case NULLIFY -> nullified(round, ballot.view());
            case FINALIZE -> decide(round, certificate);
        }
    }

    private void notarized(Round round, Certificate certificate) {
        Ballot ballot = certificate.ballot();
        View view = round.view(ballot.view());
        Ballot finalizing = Ballot.finalizing(ballot.height(), ballot.view(), ballot.block());
        // Validity depends on clocks as well: a block that many found valid must not be stuck for those who did not.
        round.judged(ballot.block(), true);
        if (!view.isNullified() && view.mayCast(finalizing)) {
            effects.add(new Effect.Keep(new Promise.Notarized(certificate)));
            cast(round, finalizing);
        }
        advance(round, ballot.view());
    }

    private void nullified(Round round, int view) {
        // What is nullified here may be notarized as well, and the only thing that others can build on.
        if (round.view(view).own(Ballot.Choice.NOTARIZE).isEmpty()) {
            round.view(view).dropProposal();
        }
        advance(round, view);
    }

    private void advance(Round round, int ended) {
        if (round.decision().isPresent()) {
            return; // the own finalization was the last that lacked
        }
        if (ended >= round.current()) {
            enter(round, ended + 1);
        } else {
            propose(round, false);
            vote(round);
        }
    }

    private void decide(Round round, Certificate certificate) {
        round.decide(certificate);
        Optional<Block> block = round.block(certificate.ballot().block());
        effects.add(block.<Effect>map(b -> new Effect.Decide(new SealedBlock(b, certificate)))
                .orElseGet(() -> new Effect.Fetch(certificate)));
    }

    // ---- Time, and what was lost

    private void elapsed(Round round, Timer timer) {
        if (timer.height() != round.height) {
            return;
        }
        switch (timer.purpose()) {
            case VIEW -> {
                if (timer.view() == round.current() && round.decision().isEmpty()) {
                    cast(round, Ballot.nullify(round.height, timer.view()));
                }
            }
            case REPROPOSE -> {
                if (timer.view() == round.current() && round.decision().isEmpty()) {
                    propose(round, true);
                }
            }
            case RESEND -> resend(round, timer);
        }
    }

    private void resend(Round round, Timer timer) {
        effects.add(new Effect.Arm(timer, timings.resendMs()));
        if (round.decision().isPresent()) {
            // The block is being fetched: say again that it is missing.
            effects.add(new Effect.Fetch(round.decision().get()));
            return;
        }
        // Nobody may have these certificates any more, and nobody else votes again in views that all have left.
        round.gaps().forEach(gap -> cast(round, Ballot.nullify(round.height, gap)));
        if (round.decision().isPresent()) {
            return;
        }
        round.unsettled().forEach(this::send);
        round.here()
                .proposal()
                .filter(p ->
                        round.committee.leader(round.height, round.current()).equals(self))
                .ifPresent(p -> effects.add(new Effect.Broadcast(p)));
        effects.add(new Effect.Broadcast(new Message.Status(round.height, round.current(), round.missing())));
    }

    private void status(Round round, NodeId from, Message.Status status) {
        if (status.height() > round.height) {
            effects.add(new Effect.CatchUp(from, status.height()));
        } else if (status.height() < round.height) {
            effects.add(new Effect.Send(from, new Message.Status(round.height, round.current(), round.missing())));
        } else {
            round.decision()
                    .map(List::of)
                    .orElseGet(() -> round.certificatesFrom(Math.min(status.missing(), status.view())))
                    .forEach(c -> effects.add(new Effect.Send(from, new Message.Certified(c))));
        }
    }

    /** The height that the member works on and its view, for people; nothing if it has no seat. */
    public Optional<Message.Status> status() {
        Round now = round;
        return now == null
                ? Optional.empty()
                : Optional.of(new Message.Status(now.height, now.current(), now.missing()));
    }
}
