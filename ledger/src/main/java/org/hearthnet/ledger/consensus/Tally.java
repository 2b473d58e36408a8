package org.hearthnet.ledger.consensus;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.finality.Ballot;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.Vote;

/** The votes of one view. Keeps one vote a member and choice, so members cannot make it grow. */
final class Tally {
    private final Committee committee;
    private final Map<Ballot.Choice, Map<NodeId, Vote>> votes = new EnumMap<>(Ballot.Choice.class);

    Tally(Committee committee) {
        this.committee = committee;
        for (Ballot.Choice choice : Ballot.Choice.values()) {
            votes.put(choice, new LinkedHashMap<>());
        }
    }

    private Map<NodeId, Vote> of(Ballot.Choice choice) {
        return java.util.Objects.requireNonNull(votes.get(choice));
    }

    /** Counts a vote, if it is the first of its member and choice; a vote that contradicts one here, if any does. */
    Optional<Vote> add(Vote vote) {
        for (Map<NodeId, Vote> each : votes.values()) {
            Vote other = each.get(vote.voter());
            if (other != null && other.ballot().contradicts(vote.ballot())) {
                return Optional.of(other);
            }
        }
        of(vote.ballot().choice()).putIfAbsent(vote.voter(), vote);
        return Optional.empty();
    }

    /** Whether this ballot of this voter is counted. */
    boolean has(NodeId voter, Ballot ballot) {
        Vote counted = of(ballot.choice()).get(voter);
        return counted != null && counted.ballot().equals(ballot);
    }

    /** The certificate of {@code ballot}, once a quorum has cast it. */
    Optional<Certificate> certificate(Ballot ballot) {
        List<Vote> same = new ArrayList<>();
        long weight = 0;
        for (Vote vote : of(ballot.choice()).values()) {
            if (vote.ballot().equals(ballot)) {
                same.add(vote);
                weight += committee
                        .seat(committee.seatOf(vote.voter()).orElseThrow())
                        .weight();
            }
        }
        return committee.isQuorum(weight) ? Optional.of(Certificate.of(committee, ballot, same)) : Optional.empty();
    }
}
