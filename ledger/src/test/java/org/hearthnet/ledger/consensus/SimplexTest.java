package org.hearthnet.ledger.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.finality.Certificate;
import org.junit.jupiter.api.Test;

/** The rules of one member, step by step; the simulator has whole committees. */
class SimplexTest {
    private static final Hash32 NETWORK = new Hash32(1, 2, 3, 4);
    private static final long HEIGHT = 8;
    private static final List<KeyPair> KEYS =
            List.of(TestNetwork.key("one"), TestNetwork.key("two"), TestNetwork.key("three"), TestNetwork.key("four"));
    private static final Committee COMMITTEE = Committee.ofEquals(KEYS);

    private static KeyPair key(NodeId node) {
        return KEYS.stream().filter(k -> k.id().equals(node)).findFirst().orElseThrow();
    }

    private static NodeId leader(int view) {
        return COMMITTEE.leader(HEIGHT, view);
    }

    /** Members other than the leaders of views 0 and 1. */
    private static NodeId follower() {
        return leader(2);
    }

    private static Simplex member(NodeId who) {
        return new Simplex(who, new Timings(1000, 300, 500), b -> Ballot.KIND.sign(key(who), NETWORK, b));
    }

    private static Block block(int view, int salt) {
        BlockHeader header = new BlockHeader(
                HEIGHT,
                view,
                Hash32.ZERO,
                salt,
                Hash32.ZERO,
                Hash32.ZERO,
                Hash32.ZERO,
                new VrfProof(Bytes.of(new byte[VrfProof.BYTES])),
                Hash32.ZERO,
                leader(view));
        return new Block(header, BlockHeader.KIND.sign(key(leader(view)), NETWORK, header), List.of());
    }

    private static Input from(NodeId who, Message message) {
        return new Input.Received(who, message);
    }

    private static Input vote(NodeId who, Ballot ballot) {
        return from(who, new Message.Ballots(new Vote(ballot, who, Ballot.KIND.sign(key(who), NETWORK, ballot))));
    }

    private static Certificate certificate(Ballot ballot) {
        List<Vote> votes = COMMITTEE.seats().stream()
                .limit(3)
                .map(s -> new Vote(ballot, s.node(), Ballot.KIND.sign(key(s.node()), NETWORK, ballot)))
                .toList();
        return Certificate.of(COMMITTEE, ballot, votes);
    }

    private static Input certified(Ballot ballot) {
        return from(leader(0), new Message.Certified(certificate(ballot)));
    }

    private static Input proposal(Block block) {
        return from(
                leader(block.header().view()),
                new Message.Proposal(block.header().view(), block, Optional.empty()));
    }

    private static Input begin(Promise... promises) {
        return new Input.Begin(HEIGHT, COMMITTEE, List.of(promises));
    }

    private static List<Ballot> cast(List<Effect> effects) {
        List<Ballot> out = new ArrayList<>();
        boolean kept = false;
        for (Effect effect : effects) {
            if (effect instanceof Effect.Keep(Promise.Cast promise)) {
                out.add(promise.ballot());
                kept = true;
            } else if (effect instanceof Effect.Broadcast(Message.Ballots ballots)) {
                assertTrue(kept, "sent before it was kept: " + ballots);
            }
        }
        return out;
    }

    /** Ballots that are new, between others that are sent again. */
    private static List<Ballot> kept(List<Effect> effects) {
        return effects.stream()
                .flatMap(e -> e instanceof Effect.Keep(Promise.Cast(Ballot b)) ? Stream.of(b) : Stream.empty())
                .toList();
    }

    private static Timer viewTimer(int view) {
        return new Timer(Timer.Purpose.VIEW, HEIGHT, view);
    }

    @Test
    void notarizesFinalizesAndDecides() {
        Simplex member = member(follower());
        member.step(begin());
        Block block = block(0, 1);
        assertEquals(List.of(new Effect.Judge(block)), member.step(proposal(block)));
        List<Effect> effects = member.step(new Input.Judged(block.hash(), true));
        assertTrue(effects.getFirst() instanceof Effect.Keep(Promise.Seen seen), "the block is kept before the vote");
        assertEquals(List.of(Ballot.notarize(HEIGHT, 0, block.hash())), cast(effects));
        member.step(vote(leader(0), Ballot.notarize(HEIGHT, 0, block.hash())));
        effects = member.step(vote(leader(1), Ballot.notarize(HEIGHT, 0, block.hash())));
        Ballot finalizing = Ballot.finalizing(HEIGHT, 0, block.hash());
        assertEquals(List.of(finalizing), cast(effects));
        member.step(vote(leader(0), finalizing));
        effects = member.step(vote(leader(1), finalizing));
        assertTrue(effects.stream()
                .anyMatch(e -> e instanceof Effect.Decide(var sealed)
                        && sealed.block().equals(block)
                        && sealed.header()
                                .problem(COMMITTEE, (who, b, s) -> Ballot.KIND.verify(NETWORK, b, who, s))
                                .isEmpty()));
    }

    @Test
    void neverFinalizesWhatItNullified() {
        Simplex member = member(follower());
        member.step(begin());
        Block block = block(0, 1);
        assertEquals(List.of(Ballot.nullify(HEIGHT, 0)), cast(member.step(new Input.Elapsed(viewTimer(0)))));
        assertEquals(List.of(), cast(member.step(certified(Ballot.notarize(HEIGHT, 0, block.hash())))));
    }

    @Test
    void neverNullifiesWhatItFinalized() {
        Simplex member = member(follower());
        member.step(begin());
        Ballot notarized = Ballot.notarize(HEIGHT, 0, block(0, 1).hash());
        assertEquals(1, cast(member.step(certified(notarized))).size());
        assertEquals(List.of(), cast(member.step(new Input.Elapsed(viewTimer(0)))));
    }

    @Test
    void promisesOutliveARestart() {
        Block block = block(0, 1);
        Block other = block(0, 2);
        Message.Proposal proposal = new Message.Proposal(0, block, Optional.empty());
        Simplex member = member(follower());
        List<Effect> effects = member.step(
                begin(new Promise.Seen(proposal), new Promise.Cast(Ballot.notarize(HEIGHT, 0, block.hash()))));
        assertTrue(
                effects.stream()
                        .anyMatch(e -> e instanceof Effect.Broadcast(Message.Ballots b)
                                && b.vote().ballot().block().equals(block.hash())),
                "what was cast is sent again");
        member.step(proposal(other));
        assertEquals(List.of(), cast(member.step(new Input.Judged(other.hash(), true))));
    }

    @Test
    void aRestartedLeaderMakesNoSecondBlock() {
        Simplex member = member(leader(0));
        List<Effect> fresh = member.step(begin());
        assertTrue(fresh.contains(new Effect.Build(HEIGHT, 0)));
        Simplex again = member(leader(0));
        List<Effect> effects =
                again.step(begin(new Promise.Proposed(HEIGHT, 0, block(0, 1).hash())));
        assertFalse(effects.contains(new Effect.Build(HEIGHT, 0)));
    }

    @Test
    void aLeaderProposesTheNotarizedBlockAgain() {
        Simplex member = member(leader(1));
        member.step(begin());
        Block block = block(0, 1);
        member.step(proposal(block));
        List<Effect> effects = member.step(certified(Ballot.notarize(HEIGHT, 0, block.hash())));
        assertFalse(effects.stream().anyMatch(e -> e instanceof Effect.Build), "the block might be final");
        effects = member.step(new Input.Elapsed(new Timer(Timer.Purpose.REPROPOSE, HEIGHT, 1)));
        assertTrue(effects.stream()
                .anyMatch(e -> e instanceof Effect.Broadcast(Message.Proposal p)
                        && p.view() == 1
                        && p.block().equals(block)
                        && p.lock().isPresent()));
    }

    @Test
    void aNewBlockNeedsAllEarlierViewsNullified() {
        Simplex member = member(follower());
        member.step(begin());
        Ballot notarized = Ballot.notarize(HEIGHT, 0, block(0, 1).hash());
        member.step(certified(notarized));
        Block fresh = block(1, 2);
        assertEquals(List.of(), member.step(proposal(fresh)), "view 0 may be final");
        List<Effect> effects = member.step(certified(Ballot.nullify(HEIGHT, 0)));
        assertTrue(effects.contains(new Effect.Judge(fresh)), "now it cannot be any more");
    }

    @Test
    void twoBallotsOfOneMemberAreAccused() {
        Simplex member = member(follower());
        member.step(begin());
        member.step(vote(leader(0), Ballot.nullify(HEIGHT, 0)));
        List<Effect> effects = member.step(
                vote(leader(0), Ballot.finalizing(HEIGHT, 0, block(0, 1).hash())));
        assertTrue(effects.stream()
                .anyMatch(e -> e instanceof Effect.Accuse(Contradiction.TwoVotes two)
                        && two.guilty().equals(leader(0))));
    }

    @Test
    void whoLacksCertificatesIsSentThem() {
        Simplex member = member(follower());
        member.step(begin());
        member.step(certified(Ballot.nullify(HEIGHT, 0)));
        List<Effect> effects = member.step(from(leader(0), new Message.Status(HEIGHT, 0, 0)));
        assertTrue(effects.stream()
                .anyMatch(e -> e instanceof Effect.Send(NodeId to, Message.Certified c)
                        && to.equals(leader(0))
                        && c.certificate().ballot().equals(Ballot.nullify(HEIGHT, 0))));
    }

    @Test
    void votesFarAheadAreNotKept() {
        Simplex member = member(follower());
        member.step(begin());
        for (NodeId who : List.of(leader(0), leader(1), leader(3))) {
            List<Effect> effects = member.step(vote(who, Ballot.nullify(HEIGHT, Round.AHEAD + 1)));
            assertEquals(List.of(), effects);
        }
        assertEquals(0, member.status().orElseThrow().view());
    }

    @Test
    void whoFinalizedCanShowTheNotarizationAfterARestart() {
        Simplex member = member(follower());
        member.step(begin());
        Certificate notarization =
                certificate(Ballot.notarize(HEIGHT, 0, block(0, 1).hash()));
        List<Effect> effects = member.step(from(leader(0), new Message.Certified(notarization)));
        Effect.Keep kept = new Effect.Keep(new Promise.Notarized(notarization));
        Ballot finalizing = Ballot.finalizing(HEIGHT, 0, block(0, 1).hash());
        int cast = effects.indexOf(new Effect.Keep(new Promise.Cast(finalizing)));
        assertTrue(effects.indexOf(kept) >= 0 && effects.indexOf(kept) < cast, "kept before it is needed");

        Simplex again = member(follower());
        List<Effect> restored = again.step(begin(new Promise.Notarized(notarization), new Promise.Cast(finalizing)));
        assertEquals(List.of(), kept(restored), "nothing is cast twice");
        assertEquals(1, again.status().orElseThrow().view());
        assertTrue(again.step(from(leader(2), new Message.Status(HEIGHT, 0, 0)))
                .contains(new Effect.Send(leader(2), new Message.Certified(notarization))));
    }

    @Test
    void viewsThatWereSkippedAreNullified() {
        Simplex member = member(follower());
        member.step(begin());
        member.step(certified(Ballot.nullify(HEIGHT, 2)));
        assertEquals(0, member.status().orElseThrow().missing(), "views 0 and 1 are unknown");
        List<Effect> effects = member.step(new Input.Elapsed(new Timer(Timer.Purpose.RESEND, HEIGHT, 0)));
        assertEquals(List.of(Ballot.nullify(HEIGHT, 1), Ballot.nullify(HEIGHT, 0)), cast(effects));
        for (int view = 0; view < 2; view++) {
            member.step(vote(leader(0), Ballot.nullify(HEIGHT, view)));
            member.step(vote(leader(1), Ballot.nullify(HEIGHT, view)));
        }
        assertEquals(3, member.status().orElseThrow().missing(), "nothing is missing any more");
    }

    @Test
    void aNotarizedViewIsNoGap() {
        Simplex member = member(follower());
        member.step(begin());
        member.step(certified(Ballot.notarize(HEIGHT, 1, block(1, 1).hash())));
        List<Effect> effects = member.step(new Input.Elapsed(new Timer(Timer.Purpose.RESEND, HEIGHT, 0)));
        assertEquals(List.of(), kept(effects), "what follows can build on view 1");
    }

    @Test
    void ownVotesFarAheadCountAfterARestart() {
        Ballot far = Ballot.nullify(HEIGHT, Round.AHEAD + 2);
        Simplex member = member(follower());
        member.step(begin(new Promise.Cast(far)));
        member.step(certified(Ballot.nullify(HEIGHT, Round.AHEAD + 1)));
        member.step(vote(leader(0), far));
        member.step(vote(leader(1), far));
        assertEquals(far.view() + 1, member.status().orElseThrow().view());
    }

    @Test
    void whatAQuorumFoundValidIsNotRefusedForEver() {
        Simplex member = member(follower());
        member.step(begin());
        Block block = block(0, 1);
        member.step(proposal(block));
        assertEquals(
                List.of(Ballot.nullify(HEIGHT, 0)),
                cast(member.step(new Input.Judged(block.hash(), false))),
                "refused");
        Certificate notarization = certificate(Ballot.notarize(HEIGHT, 0, block.hash()));
        List<Effect> effects = member.step(from(leader(1), new Message.Proposal(1, block, Optional.of(notarization))));
        assertEquals(List.of(Ballot.notarize(HEIGHT, 1, block.hash())), kept(effects));
    }

    @Test
    void aBlockIsKeptWholeOnlyOnce() {
        Simplex member = member(follower());
        member.step(begin());
        Block block = block(0, 1);
        Message.Proposal first = new Message.Proposal(0, block, Optional.empty());
        member.step(from(leader(0), first));
        List<Effect> effects = member.step(new Input.Judged(block.hash(), true));
        assertTrue(effects.contains(new Effect.Keep(new Promise.Seen(first))));
        Certificate notarization = certificate(Ballot.notarize(HEIGHT, 0, block.hash()));
        Message.Proposal second = new Message.Proposal(1, block, Optional.of(notarization));
        effects = member.step(from(leader(1), second));
        Promise again = new Promise.SeenAgain(1, notarization);
        assertTrue(effects.contains(new Effect.Keep(again)));

        Simplex restarted = member(leader(1));
        restarted.step(begin(new Promise.Seen(first), again));
        effects = restarted.step(new Input.Elapsed(new Timer(Timer.Purpose.RESEND, HEIGHT, 0)));
        assertTrue(effects.contains(new Effect.Broadcast(second)), "the proposal is whole again");
    }

    @Test
    void aNotarizedBlockIsThereForOthersToBuildOnThoughItsViewIsNullified() {
        Simplex member = member(leader(2));
        member.step(begin());
        Block block = block(0, 1);
        member.step(proposal(block));
        member.step(new Input.Judged(block.hash(), true));
        member.step(certified(Ballot.nullify(HEIGHT, 0)));
        member.step(certified(Ballot.notarize(HEIGHT, 0, block.hash())));
        List<Effect> effects = member.step(certified(Ballot.nullify(HEIGHT, 1)));
        assertTrue(
                effects.stream()
                        .anyMatch(e -> e instanceof Effect.Broadcast(Message.Proposal p)
                                && p.view() == 2
                                && p.block().equals(block)
                                && p.lock().isPresent()),
                "others may lack the nullification of view 0");
    }
}
