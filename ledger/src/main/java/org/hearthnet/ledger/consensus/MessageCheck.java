package org.hearthnet.ledger.consensus;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.finality.Certificate;

/**
 * What must hold of a message before it is let in: everything that the committee of its height and the signatures tell.
 *
 * @param committee of the message's height
 * @param ballots verifies votes
 * @param headers verifies blocks' signatures
 */
public record MessageCheck(Committee committee, BallotVerifier ballots, HeaderVerifier headers) {
    /** Largest view: beyond it no honest member ever is, see {@link Timings}. */
    static final int MAX_VIEW = 100_000;

    /** Tells whether a block is signed by a vote key. */
    @FunctionalInterface
    public interface HeaderVerifier {
        /** Whether it is by {@code voteKey}. */
        boolean verify(NodeId voteKey, Block block);

        /** The real one. */
        static HeaderVerifier ed25519(Hash32 network) {
            return (voteKey, block) -> BlockHeader.KIND.verify(network, block.header(), voteKey, block.signature());
        }
    }

    /** What is wrong with {@code message}, if anything is. */
    public Optional<String> problem(NodeId from, Message message) {
        if (committee.seatOf(from).isEmpty()) {
            return Optional.of("the sender has no seat");
        }
        return switch (message) {
            case Message.Proposal proposal -> proposalProblem(from, proposal);
            case Message.Ballots(var vote) -> {
                Optional<Committee.Seat> voter = committee.find(vote.voter());
                if (voter.isEmpty()) {
                    yield Optional.of("the voter has no seat");
                }
                yield view(vote.ballot().view())
                        .or(() -> orNothing(
                                ballots.verify(voter.get().vote(), vote.ballot(), vote.signature()),
                                "the vote is not its voter's"));
            }
            case Message.Certified(var certificate) ->
                view(certificate.ballot().view()).or(() -> certificate.problem(committee, ballots));
            case Message.Status status ->
                view(status.view())
                        .or(() -> orNothing(
                                status.height() >= 0 && status.missing() >= 0 && status.missing() <= status.view(),
                                "no such place"));
        };
    }

    private Optional<String> proposalProblem(NodeId from, Message.Proposal proposal) {
        BlockHeader header = proposal.block().header();
        Optional<String> view = view(proposal.view());
        if (view.isPresent()) {
            return view;
        }
        // Else anybody could take a view from its leader with a block that was notarized before.
        if (!from.equals(committee.leader(proposal.height(), proposal.view()))) {
            return Optional.of("the sender does not lead the view");
        }
        Committee.Seat maker = committee.leaderSeat(header.height(), header.view());
        if (!header.proposer().equals(maker.node())) {
            return Optional.of("the block is not by the leader of its view");
        }
        if (header.view() == proposal.view() && proposal.lock().isPresent()) {
            return Optional.of("a new block needs no notarization");
        }
        if (header.view() != proposal.view()) {
            Optional<String> lock = proposal.lock()
                    .map(certificate -> lockProblem(proposal, certificate))
                    .orElse(Optional.of("a block of another view without its notarization"));
            if (lock.isPresent()) {
                return lock;
            }
        }
        return orNothing(headers.verify(maker.vote(), proposal.block()), "the block is not signed by its proposer");
    }

    private Optional<String> lockProblem(Message.Proposal proposal, Certificate certificate) {
        Ballot ballot = certificate.ballot();
        boolean fits = ballot.choice() == Ballot.Choice.NOTARIZE
                && ballot.height() == proposal.height()
                && ballot.view() < proposal.view()
                && proposal.block().header().view() <= ballot.view()
                && ballot.block().equals(proposal.block().hash());
        return fits ? certificate.problem(committee, ballots) : Optional.of("the notarization is about something else");
    }

    private static Optional<String> view(int view) {
        return orNothing(view >= 0 && view <= MAX_VIEW, "view " + view);
    }

    private static Optional<String> orNothing(boolean good, String problem) {
        return good ? Optional.empty() : Optional.of(problem);
    }
}
