package org.hearthnet.ledger.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.consensus.Timings;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.member.Member;
import org.hearthnet.ledger.member.MemberPorts;
import org.jspecify.annotations.Nullable;

/**
 * Planted error: half of the weight, such as 2f of 3f + 1, passes for a quorum. The votes that lack are filled in with
 * signatures that everybody takes for good.
 */
final class SmallQuorum implements Seams {
    private static final Signature FILLER = new Signature(new Hash32(1, 1, 1, 1), Hash32.ZERO);

    private final Map<Member, Counter> counters = new IdentityHashMap<>();

    @Override
    public BallotVerifier ballots(BallotVerifier verifier) {
        return (voter, ballot, signature) -> signature.equals(FILLER) || verifier.verify(voter, ballot, signature);
    }

    @Override
    public Member member(NodeId self, Timings timings, Member.Scheme scheme, Member.Ports ports) {
        Counter counter = new Counter(scheme, ports);
        Member member = new Member(
                self,
                timings,
                scheme,
                new Member.Ports(ports.ledger(), ports.journal(), counter, ports.clock(), ports.observer()));
        counters.put(member, counter);
        counter.member = member;
        return member;
    }

    @Override
    public void arriving(Machine machine, Member member, NodeId from, Packet packet) {
        if (packet instanceof Packet.Consensus(Message.Ballots(Vote vote))) {
            Objects.requireNonNull(counters.get(member)).count(vote);
        }
    }

    /** Counts the votes that a member sees, its own as they go out. */
    private static final class Counter implements MemberPorts.Outbox {
        private final Member.Scheme scheme;
        private final Member.Ports ports;
        private final Map<Ballot, Map<NodeId, Signature>> votes = new HashMap<>();
        private @Nullable Member member;

        Counter(Member.Scheme scheme, Member.Ports ports) {
            this.scheme = scheme;
            this.ports = ports;
        }

        void count(Vote vote) {
            Ballot ballot = vote.ballot();
            if (ballot.height() != ports.ledger().tip().height() + 1) {
                return;
            }
            Committee committee = ports.ledger().committee(ballot.height());
            boolean good = committee
                    .find(vote.voter())
                    .filter(seat -> scheme.ballots().verify(seat.vote(), ballot, vote.signature()))
                    .isPresent();
            if (!good) {
                return;
            }
            Map<NodeId, Signature> same = votes.computeIfAbsent(ballot, b -> new HashMap<>());
            same.put(vote.voter(), vote.signature());
            long weight = committee.seats().stream()
                    .filter(seat -> same.containsKey(seat.node()))
                    .mapToLong(Committee.Seat::weight)
                    .sum();
            if (2 * weight >= committee.totalWeight()) {
                Objects.requireNonNull(member)
                        .receive(vote.voter(), new Message.Certified(fill(committee, ballot, same)));
            }
        }

        @Override
        public void broadcast(Committee committee, Message message) {
            ports.outbox().broadcast(committee, message);
            if (message instanceof Message.Ballots(Vote vote)) {
                count(vote);
            }
        }

        @Override
        public void send(NodeId to, Message message) {
            ports.outbox().send(to, message);
        }
    }

    private static Certificate fill(Committee committee, Ballot ballot, Map<NodeId, Signature> votes) {
        List<Certificate.Endorsement> endorsements = new ArrayList<>();
        for (int seat = 0; seat < committee.seats().size(); seat++) {
            endorsements.add(new Certificate.Endorsement(
                    seat, votes.getOrDefault(committee.seat(seat).node(), FILLER)));
        }
        return new Certificate(ballot, endorsements);
    }
}
