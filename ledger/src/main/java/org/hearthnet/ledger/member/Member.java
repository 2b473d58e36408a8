package org.hearthnet.ledger.member;

import java.util.ArrayDeque;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.consensus.Effect;
import org.hearthnet.ledger.consensus.Input;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.consensus.MessageCheck;
import org.hearthnet.ledger.consensus.Simplex;
import org.hearthnet.ledger.consensus.Timer;
import org.hearthnet.ledger.consensus.Timings;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.finality.SealedBlock;
import org.jspecify.annotations.Nullable;

/**
 * A member at work: checks what arrives, steps {@link Simplex}, performs its effects in order. Not safe for several
 * threads; performs every effect before a method returns.
 */
public final class Member {
    /**
     * Signatures.
     *
     * @param own signs own ballots
     * @param ballots verifies others'
     * @param headers verifies proposers' signatures of blocks
     */
    public record Scheme(OwnVotes own, BallotVerifier ballots, MessageCheck.HeaderVerifier headers) {}

    /** Signs ballots with the key that the member's seat has at their height. */
    public interface OwnVotes {
        /** Whether the vote key of the own seat in {@code committee} is here; false without a seat. */
        boolean canVote(Committee committee);

        /** Signs, at a height at which {@link #canVote} has said yes. */
        Signature sign(Ballot ballot);
    }

    /** All that is outside. */
    public record Ports(
            MemberPorts.Ledger ledger,
            Journal journal,
            MemberPorts.Outbox outbox,
            MemberPorts.Clock clock,
            MemberPorts.Observer observer) {}

    /** How far a proposer's clock may be ahead of a voter's. */
    public static final long MAX_AHEAD_MS = 10_000;

    private final Timings timings;
    private final Scheme scheme;
    private final Ports ports;
    private final Simplex simplex;
    private final ArrayDeque<Input> inputs = new ArrayDeque<>();
    private @Nullable Committee committee;
    private long working = -1;
    private boolean stepping;

    /** A member that does nothing before {@link #begin}. */
    public Member(NodeId self, Timings timings, Scheme scheme, Ports ports) {
        this(timings, scheme, ports, new Simplex(self, timings, scheme.own()::sign));
    }

    /** For tests, which plant errors. */
    Member(Timings timings, Scheme scheme, Ports ports, Simplex simplex) {
        this.timings = timings;
        this.scheme = scheme;
        this.ports = ports;
        this.simplex = simplex;
    }

    /** Goes on at the height after the tip, unless it does so already: to be called at the start and after a sync. */
    public void begin() {
        long height = ports.ledger().tip().height() + 1;
        if (height == working) {
            return;
        }
        working = height;
        Committee next = ports.ledger().committee(height);
        committee = next;
        ports.journal().forgetBelow(height);
        boolean takesPart = scheme.own().canVote(next);
        take(takesPart ? new Input.Begin(height, next, ports.journal().of(height)) : new Input.Rest());
    }

    /** Checks and takes a message from a peer whose identity the connection proves. */
    public void receive(NodeId from, Message message) {
        Committee now = committee;
        if (now == null || message.height() < working && !(message instanceof Message.Status)) {
            return;
        }
        if (message instanceof Message.Status && now.find(from).isEmpty()) {
            return; // it may be at an earlier height still, where it has a seat
        }
        if (message.height() > working + 1 && !(message instanceof Message.Status)) {
            ports.observer().behind(from, message.height());
            return;
        }
        if (simplex.isRedundant(message)) {
            return; // every member sends every certificate: each is verified once
        }
        Optional<String> problem =
                new MessageCheck(committeeOf(message, now), scheme.ballots(), scheme.headers()).problem(from, message);
        if (problem.isPresent()) {
            ports.observer().hostile(from, problem.get());
            return;
        }
        take(new Input.Received(from, message));
    }

    /** The next height's may be another one; a block that is two heights away is never checked. */
    private Committee committeeOf(Message message, Committee now) {
        return message.height() == working + 1 ? ports.ledger().committee(working + 1) : now;
    }

    /** A timer has run out. */
    public void elapsed(Timer timer) {
        take(new Input.Elapsed(timer));
    }

    /** The time for a block has come. */
    public void buildNow(long height, int view) {
        if (height == working) {
            ports.ledger().build(view).ifPresent(block -> take(new Input.Built(view, block)));
        }
    }

    private void take(Input input) {
        inputs.add(input);
        if (stepping) {
            return; // an effect of the step under way: its turn comes after the others
        }
        stepping = true;
        try {
            for (Input next = inputs.poll(); next != null; next = inputs.poll()) {
                for (Effect effect : simplex.step(next)) {
                    perform(effect);
                }
            }
        } finally {
            stepping = false;
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Build(long height, int view) -> scheduleBuild(height, view);
            case Effect.Judge(Block block) ->
                take(new Input.Judged(
                        block.hash(),
                        !isOfTheFuture(block) && ports.ledger().judge(block).isEmpty()));
            case Effect.Keep(var promise) -> ports.journal().keep(promise);
            case Effect.Broadcast(Message message) ->
                ports.outbox().broadcast(java.util.Objects.requireNonNull(committee), message);
            case Effect.Send(NodeId to, Message message) -> ports.outbox().send(to, message);
            case Effect.Arm(Timer timer, long delayMs) -> ports.clock().arm(timer, delayMs);
            case Effect.Decide(SealedBlock block) -> decide(block);
            case Effect.Fetch(var certificate) ->
                ports.observer()
                        .missing(
                                certificate.ballot().height(),
                                certificate.ballot().block());
            case Effect.CatchUp(NodeId peer, long height) -> ports.observer().behind(peer, height);
            case Effect.Accuse(var contradiction) -> ports.observer().contradiction(contradiction);
        }
    }

    /** Else one block at the end of all time would be the last one: each is later than its parent. */
    private boolean isOfTheFuture(Block block) {
        return block.header().timeMs() > ports.clock().nowMs() + MAX_AHEAD_MS;
    }

    /** The first block of a height waits until the block before is old enough. */
    private void scheduleBuild(long height, int view) {
        long due = ports.ledger().tip().timeMs() + timings.blockIntervalMs();
        long wait = view > 0 ? 0 : Math.clamp(due - ports.clock().nowMs(), 0, timings.blockIntervalMs());
        if (wait == 0) {
            buildNow(height, view);
        } else {
            ports.clock().armBuild(height, view, wait);
        }
    }

    private void decide(SealedBlock block) {
        Optional<String> refusal = ports.ledger().append(block);
        if (refusal.isPresent()) {
            ports.observer().broken("final block " + block.height() + " is refused: " + refusal.get());
            return;
        }
        ports.observer().decided(block);
        begin();
    }
}
