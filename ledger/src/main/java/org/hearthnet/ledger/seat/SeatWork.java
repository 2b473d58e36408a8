package org.hearthnet.ledger.seat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.genesis.spec.SeatKeys;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.TransactionBody.RegisterSeatKeys;
import org.hearthnet.ledger.member.Member;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.RegisteredKeys;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.Committees;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.state.transition.SeatKeysRule;

/**
 * Registers new keys in every epoch in which the ledger lets it: while the node has a seat, and if it wants one also before.
 * Old keys are put away when no committee that still votes names them. For one thread.
 */
public final class SeatWork {
    private final KeyPair account;
    private final Rules rules;
    private final VoteKeys keys;
    private final boolean wantsSeat;
    private long askedIn = -1;

    /** @param wantsSeat whether to register without a seat: else the node keeps a seat, but does not apply for one */
    public SeatWork(KeyPair account, Rules rules, VoteKeys keys, boolean wantsSeat) {
        this.account = account;
        this.rules = rules;
        this.keys = keys;
        this.wantsSeat = wantsSeat;
    }

    /**
     * What to send after the block of {@code height}; at most one transaction an epoch.
     *
     * @param state after that block
     */
    public Optional<RegisterSeatKeys> after(StateReader state, long height) {
        long epochBlocks = rules.spec().parameters().epochBlocks();
        long epoch = (height + 1) / epochBlocks;
        CommitteeWindow window = Committees.window(state, epochBlocks, height);
        if (epoch == askedIn || !wantsSeat && !isSeated(window)) {
            return Optional.empty();
        }
        if (SeatKeysRule.refusal(rules.spec().parameters(), state, height + 1, account.id())
                .isPresent()) {
            return Optional.empty();
        }
        askedIn = epoch;
        keys.retain(named(state, window));
        KeyPair vote = keys.fresh();
        return Optional.of(rules.beacons().registration(account, vote, rules.network(), epoch));
    }

    private boolean isSeated(CommitteeWindow window) {
        return java.util.stream.Stream.of(window.current(), window.next(), window.afterNext())
                .anyMatch(committee -> committee.find(account.id()).isPresent());
    }

    /** Own vote keys of committees that vote now or later, and the one that will be in the next that is fixed. */
    private Set<NodeId> named(StateReader state, CommitteeWindow window) {
        Set<NodeId> out = new HashSet<>();
        for (long e = window.epoch(); window.knows(e); e++) {
            window.of(e).find(account.id()).map(Committee.Seat::vote).ifPresent(out::add);
        }
        Tables.SEAT_KEYS
                .get(state, Keys.of(account.id()))
                .map(RegisteredKeys::keys)
                .map(SeatKeys::vote)
                .ifPresent(out::add);
        return out;
    }

    /** Signs own ballots with these keys, by the committees that {@code committees} knows. */
    public static Member.OwnVotes votes(
            NodeId account, Hash32 network, VoteKeys keys, java.util.function.LongFunction<Committee> committees) {
        return new Member.OwnVotes() {
            @Override
            public boolean canVote(Committee committee) {
                return key(keys, committee, account).isPresent();
            }

            @Override
            public Signature sign(Ballot ballot) {
                KeyPair key = key(keys, committees.apply(ballot.height()), account)
                        .orElseThrow(() -> new IllegalStateException("no vote key for block " + ballot.height()));
                return Ballot.KIND.sign(key, network, ballot);
            }
        };
    }

    /** The vote key of {@code account}'s seat in {@code committee}, if it has one and the key is here. */
    public static Optional<KeyPair> key(VoteKeys keys, Committee committee, NodeId account) {
        return committee.find(account).flatMap(seat -> keys.find(seat.vote()));
    }
}
