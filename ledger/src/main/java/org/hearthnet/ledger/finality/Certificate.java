package org.hearthnet.ledger.finality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Vote;

/**
 * Equal ballots of a quorum.
 *
 * @param ballot what they say
 * @param endorsements in strictly ascending order of seats
 */
public record Certificate(
        Ballot ballot, @Limit(Committee.MAX_SEATS) List<Endorsement> endorsements) {
    /**
     * One member's signature.
     *
     * @param seat its number in the committee of the ballot's height
     * @param signature under the ballot
     */
    public record Endorsement(int seat, Signature signature) {}

    /** Checks the order. */
    public Certificate {
        endorsements = List.copyOf(endorsements);
        for (int i = 0; i < endorsements.size(); i++) {
            if (endorsements.get(i).seat()
                    < (i == 0 ? 0 : endorsements.get(i - 1).seat() + 1)) {
                throw new IllegalArgumentException("endorsements out of order");
            }
        }
    }

    /** The certificate of genesis, which needs no votes. */
    public static Certificate genesis(Hash32 block) {
        return new Certificate(Ballot.finalizing(0, 0, block), List.of());
    }

    /** The certificate of votes for one ballot by members of {@code committee}. */
    public static Certificate of(Committee committee, Ballot ballot, Collection<Vote> votes) {
        List<Endorsement> endorsements = new ArrayList<>();
        for (Vote vote : votes) {
            endorsements.add(new Endorsement(committee.seatOf(vote.voter()).orElseThrow(), vote.signature()));
        }
        endorsements.sort(Comparator.comparingInt(Endorsement::seat));
        return new Certificate(ballot, endorsements);
    }

    /** What is wrong with it as the word of {@code committee}, if anything is; cheap checks first. */
    public Optional<String> problem(Committee committee, BallotVerifier verifier) {
        long weight = 0;
        for (Endorsement endorsement : endorsements) {
            if (endorsement.seat() >= committee.seats().size()) {
                return Optional.of("there is no seat " + endorsement.seat());
            }
            weight += committee.seat(endorsement.seat()).weight();
        }
        if (!committee.isQuorum(weight)) {
            return Optional.of("a weight of " + weight + " of " + committee.totalWeight() + " is no quorum");
        }
        for (Endorsement endorsement : endorsements) {
            if (!verifier.verify(committee.seat(endorsement.seat()).vote(), ballot, endorsement.signature())) {
                return Optional.of("the signature of seat " + endorsement.seat() + " is not its member's");
            }
        }
        return Optional.empty();
    }

    /** What is wrong with it as the proof that the block {@code hash} of {@code height} is final, if anything is. */
    public Optional<String> finalityProblem(long height, Hash32 hash, Committee committee, BallotVerifier verifier) {
        if (ballot.choice() != Ballot.Choice.FINALIZE
                || ballot.height() != height
                || !ballot.block().equals(hash)) {
            return Optional.of("the certificate is about something else");
        }
        return problem(committee, verifier);
    }
}
