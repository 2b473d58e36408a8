package org.hearthnet.ledger.consensus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.Ballot;
import org.hearthnet.ledger.finality.Ballot.Choice;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.Vote;
import org.jspecify.annotations.Nullable;

/** What a member knows of the height that it works on. Data and questions; what to do about them is {@link Simplex}'s. */
class Round {
    /** How many views ahead of its own a member keeps votes and proposals. */
    static final int AHEAD = 8;

    /** Most certificates of one answer to a status. */
    static final int ANSWER = 16;

    final long height;
    final Committee committee;
    private final TreeMap<Integer, View> views = new TreeMap<>();
    private final Map<Hash32, Boolean> judgements = new HashMap<>();
    private final Set<Hash32> kept = new HashSet<>();
    private final Set<Hash32> asked = new HashSet<>();
    private int current;
    private @Nullable Certificate decision;

    Round(long height, Committee committee, List<Promise> promises) {
        this.height = height;
        this.committee = committee;
        Map<Hash32, Block> blocks = new HashMap<>();
        for (Promise promise : promises) {
            switch (promise) {
                case Promise.Cast(Ballot ballot) -> view(ballot.view()).cast(ballot);
                case Promise.Proposed made -> view(made.view()).setMade(made.block());
                case Promise.Notarized notarized -> {} // a certificate has consequences, which Simplex draws
                case Promise.Seen(Message.Proposal proposal) -> {
                    Hash32 hash = proposal.block().hash();
                    view(proposal.view()).setProposal(proposal);
                    blocks.put(hash, proposal.block());
                    judgements.put(hash, true); // else it would not have been kept
                }
                case Promise.SeenAgain(int view, Certificate lock) -> {
                    Block block = blocks.get(lock.ballot().block());
                    if (block != null) {
                        view(view).setProposal(new Message.Proposal(view, block, Optional.of(lock)));
                    }
                }
            }
        }
        kept.addAll(blocks.keySet());
    }

    View view(int number) {
        return views.computeIfAbsent(number, n -> new View(committee));
    }

    View here() {
        return view(current);
    }

    int current() {
        return current;
    }

    void enter(int view) {
        current = view;
    }

    /** Whether votes and proposals of a view are kept: of old ones too while they could still make a difference. */
    boolean isOfInterest(int number) {
        return number >= current ? number - current <= AHEAD : !view(number).isNullified();
    }

    /** Whether a message of this height would change nothing here. */
    boolean isRedundant(Message message) {
        return switch (message) {
            case Message.Ballots(Vote vote) -> {
                View view = views.get(vote.ballot().view());
                yield decision != null || view != null && view.tally.has(vote.voter(), vote.ballot());
            }
            case Message.Certified(Certificate certificate) -> {
                View view = views.get(certificate.ballot().view());
                yield decision != null
                        || view != null
                                && view.certificate(certificate.ballot().choice())
                                        .isPresent();
            }
            case Message.Proposal proposal -> decision != null;
            case Message.Status status -> false;
        };
    }

    Optional<Certificate> decision() {
        return Optional.ofNullable(decision);
    }

    void decide(Certificate certificate) {
        decision = certificate;
    }

    /** Whether a block is valid, if that is known. */
    Optional<Boolean> judgement(Hash32 block) {
        return Optional.ofNullable(judgements.get(block));
    }

    /** Notes that a block's judgement is asked for; false if it was before. */
    boolean askJudgement(Hash32 block) {
        return asked.add(block);
    }

    void judged(Hash32 block, boolean valid) {
        judgements.put(block, valid);
    }

    /** What to keep of a proposal before it is notarized: the block itself only once. */
    Promise seen(Message.Proposal proposal) {
        boolean again = !kept.add(proposal.block().hash());
        return again && proposal.lock().isPresent()
                ? new Promise.SeenAgain(proposal.view(), proposal.lock().get())
                : new Promise.Seen(proposal);
    }

    /** Whether every view from {@code from} to {@code to} - 1 is nullified. */
    boolean nullified(int from, int to) {
        for (int v = from; v < to; v++) {
            View view = views.get(v);
            if (view == null || !view.isNullified()) {
                return false;
            }
        }
        return true;
    }

    /** The first view of which a certificate is needed to go on; the current view if none is. */
    int missing() {
        List<Integer> gaps = gaps();
        if (!gaps.isEmpty()) {
            return gaps.getLast();
        }
        boolean stuck = here().proposal().filter(p -> !isAnchored(p)).isPresent();
        int v = current;
        while (stuck && v > 0 && nullified(v - 1, v)) {
            v--;
        }
        return stuck ? v - 1 : current;
    }

    /**
     * Views without any certificate here, latest first, back to the last notarized one: until they are nullified nothing
     * can be proposed. A member comes to lack them when it learns of a later view's certificate first.
     */
    List<Integer> gaps() {
        List<Integer> out = new ArrayList<>();
        for (int v = current - 1; v >= 0 && view(v).notarization().isEmpty(); v--) {
            if (!view(v).isNullified()) {
                out.add(v);
            }
        }
        return out;
    }

    /** Whether {@code proposal} of the current view extends what is certified: the rule for leaders and voters alike. */
    boolean isAnchored(Message.Proposal proposal) {
        int from = proposal.lock().map(lock -> lock.ballot().view() + 1).orElse(0);
        return nullified(from, proposal.view());
    }

    /** The latest notarized view before the current one that can be proposed again, with its block. */
    Optional<Message.Proposal> reproposal() {
        for (int v = current - 1; v >= 0; v--) {
            Optional<Certificate> notarization = view(v).notarization();
            if (notarization.isPresent()) {
                Optional<Block> block = block(notarization.get().ballot().block());
                if (block.isPresent()) {
                    return Optional.of(new Message.Proposal(current, block.get(), notarization));
                }
            }
            if (!view(v).isNullified()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A block of this height that is here. */
    Optional<Block> block(Hash32 hash) {
        return views.values().stream()
                .flatMap(v -> v.proposal().stream())
                .map(Message.Proposal::block)
                .filter(b -> b.hash().equals(hash))
                .findFirst();
    }

    /** Certificates from view {@code from} on, for a member that lacks them. */
    List<Certificate> certificatesFrom(int from) {
        List<Certificate> out = new ArrayList<>();
        for (View view : views.tailMap(from, true).values()) {
            for (Choice choice : List.of(Choice.NOTARIZE, Choice.NULLIFY)) {
                view.certificate(choice).ifPresent(out::add);
            }
            if (out.size() >= ANSWER) {
                break;
            }
        }
        return out;
    }

    /** Own ballots that can still make a difference: of the current view, of gaps, and finalizations of earlier ones. */
    List<Ballot> unsettled() {
        List<Ballot> out = new ArrayList<>();
        gaps().forEach(gap -> view(gap).own(Choice.NULLIFY).ifPresent(out::add));
        for (Map.Entry<Integer, View> e : views.entrySet()) {
            View view = e.getValue();
            if (e.getKey() >= current) {
                view.own(Choice.NOTARIZE).ifPresent(out::add);
                view.own(Choice.NULLIFY).ifPresent(out::add);
            }
            if (!view.isNullified()) {
                view.own(Choice.FINALIZE).ifPresent(out::add);
            }
        }
        return out;
    }
}
