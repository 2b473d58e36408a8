package org.hearthnet.ledger.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedHeader;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.consensus.Contradiction;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.tree.StateTree;

/** What must never happen, looked at in the instant in which it would. */
final class Safety {
    private static final int MOST = 20;

    private record Place(NodeId who, long height, int view) {}

    private final World world;
    private final Map<Long, Hash32> finals = new HashMap<>();
    private final Map<Place, List<Ballot>> ballots = new HashMap<>();
    private final Map<Place, Hash32> made = new HashMap<>();
    private final Map<Long, Long> proposedMs = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    Safety(World world) {
        this.world = world;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    void violated(String what) {
        if (violations.size() < MOST) {
            violations.add("at " + world.events.nowMs() + " ms: " + what);
        }
    }

    /** A member has stored a final block: also a Byzantine one's chain takes nothing without proof. */
    void finalized(Machine machine, SealedBlock sealed) {
        world.events.note(machine.id().key().a(), sealed.height(), sealed.hash().a());
        if (sealed.height() > 0) {
            Optional<String> problem = world.committee(sealed.height())
                    .map(committee -> sealed.header().problem(committee, world.verifier()))
                    .orElseGet(() -> Optional.of("nobody knows the committee"));
            problem.ifPresent(why -> violated("block " + sealed.height() + " is stored without proof: " + why));
            proven(sealed.height(), sealed.hash());
        }
    }

    private void proven(long height, Hash32 block) {
        Hash32 other = finals.putIfAbsent(height, block);
        if (other != null && !other.equals(block)) {
            violated("two final blocks at height " + height + ": " + other.shortHex() + " and " + block.shortHex());
        }
    }

    /** Anybody lets a message out: whoever has a certificate can prove with it that a block is final. */
    void seen(Message message) {
        if (message instanceof Message.Certified(Certificate certificate)) {
            Ballot ballot = certificate.ballot();
            boolean news =
                    ballot.choice() == Ballot.Choice.FINALIZE && !ballot.block().equals(finals.get(ballot.height()));
            boolean proves = news
                    && world.committee(ballot.height())
                            .filter(c ->
                                    certificate.problem(c, world.verifier()).isEmpty())
                            .isPresent();
            if (proves) {
                proven(ballot.height(), ballot.block());
            }
        }
    }

    /** An honest member lets a message out. */
    void sent(Machine machine, Message message) {
        world.events.note(machine.id().key().a(), message.height());
        switch (message) {
            case Message.Ballots(Vote vote) when vote.voter().equals(machine.id()) -> cast(vote);
            case Message.Proposal proposal
            when proposal.block().header().proposer().equals(machine.id()) -> made(proposal.block());
            case Message.Proposal proposal -> {}
            case Message.Ballots(Vote vote) -> {}
            case Message.Certified certified -> {}
            case Message.Status status -> {}
        }
    }

    private void cast(Vote vote) {
        Ballot ballot = vote.ballot();
        world.events.note(
                ballot.choice().ordinal(), ballot.view(), ballot.block().a());
        List<Ballot> before = ballots.computeIfAbsent(
                new Place(vote.voter(), ballot.height(), ballot.view()), place -> new ArrayList<>());
        if (before.contains(ballot)) {
            return;
        }
        for (Ballot other : before) {
            if (other.contradicts(ballot)) {
                violated(vote.voter().shortHex() + " casts " + ballot + " after " + other);
            }
        }
        before.add(ballot);
    }

    private void made(Block block) {
        BlockHeader header = block.header();
        proposedMs.putIfAbsent(header.height(), world.events.nowMs());
        Hash32 other = made.putIfAbsent(new Place(header.proposer(), header.height(), header.view()), block.hash());
        if (other != null && !other.equals(block.hash())) {
            violated(header.proposer().shortHex() + " makes two blocks for view " + header.view() + " of height "
                    + header.height());
        }
    }

    /** When an honest member first proposed a block at {@code height}. */
    long proposedMs(long height) {
        return java.util.Objects.requireNonNull(proposedMs.get(height));
    }

    /** An honest member says that somebody has contradicted itself. */
    void accused(Machine machine, Contradiction contradiction) {
        if (world.isHonest(contradiction.guilty())) {
            violated(machine.id().shortHex() + " accuses an honest member: " + contradiction);
        } else if (!isProven(contradiction)) {
            violated(machine.id().shortHex() + " accuses without proof: " + contradiction);
        }
    }

    private boolean isProven(Contradiction contradiction) {
        return switch (contradiction) {
            case Contradiction.TwoVotes(Vote first, Vote second) ->
                first.ballot().contradicts(second.ballot()) && isGood(first) && isGood(second);
            case Contradiction.TwoBlocks(SignedHeader first, SignedHeader second) ->
                first.header().height() == second.header().height()
                        && first.header().view() == second.header().view()
                        && first.header().proposer().equals(second.header().proposer())
                        && !first.header().equals(second.header());
        };
    }

    private boolean isGood(Vote vote) {
        return world.committee(vote.ballot().height())
                .flatMap(committee -> committee.find(vote.voter()))
                .filter(seat -> world.signatures.verify(seat.vote(), vote.ballot(), vote.signature()))
                .isPresent();
    }

    /** The root over all records, worked out from nothing. */
    private static Hash32 rootOf(StateReader state) {
        SortedMap<Bytes, Optional<Bytes>> all = new TreeMap<>(StateReader.KEY_ORDER);
        state.scan(Bytes.EMPTY, Integer.MAX_VALUE).forEach(e -> all.put(e.key(), Optional.of(e.value())));
        return StateTree.empty().update(0, all).root();
    }

    /** After the run: what is on each honest member's disk is what its last header says. */
    void checkStates() {
        for (Machine machine : world.honest()) {
            Hash32 root = rootOf(machine.store.state());
            Hash32 said = machine.store
                    .header(machine.store.height())
                    .orElseThrow()
                    .header()
                    .stateRoot();
            if (!root.equals(said)) {
                violated(machine.id().shortHex() + " has another state than its last header says");
            }
        }
    }
}
