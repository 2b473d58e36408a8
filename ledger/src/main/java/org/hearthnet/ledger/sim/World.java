package org.hearthnet.ledger.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.consensus.Timings;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.state.transition.Rules;

/** Everything that the machines of one run share. */
final class World {
    private static final int MOST_WISHES = 64;

    final Dice dice;
    final Rules rules;
    final Timings timings;
    final Seams seams;
    final Events events = new Events();
    final Network network;
    final KeyedSignatures signatures;
    final Safety safety;
    final List<Machine> machines = new ArrayList<>();

    /** Keys of accounts with credits. */
    final List<KeyPair> accounts;

    /** How many transactions a block tries to have, at most. */
    final int transfers;

    /** What accounts want to be in a block; whoever makes one signs it in their name. */
    final List<Wish> wishes = new ArrayList<>();

    /** By epoch, as every machine must find them. */
    private final Map<Long, Committee> committees = new HashMap<>();

    /** Whether seats go by bond: then every machine registers keys for one. */
    private final boolean seatsByBond;

    private boolean healed;

    /** A transaction to be. */
    record Wish(KeyPair sender, TransactionBody body) {}

    World(Dice dice, Rules rules, Timings timings, List<KeyPair> accounts, int transfers, Seams seams) {
        this.dice = dice;
        this.rules = rules;
        this.timings = timings;
        this.accounts = accounts;
        this.transfers = transfers;
        this.seams = seams;
        this.seatsByBond = rules.spec().parameters().committeeBond().compareTo(Cast.NEVER) < 0;
        this.network = new Network(events, dice.split());
        this.signatures = new KeyedSignatures(rules.network());
        this.safety = new Safety(this);
    }

    /** Who votes at {@code height}, if any machine has got that far. */
    Optional<Committee> committee(long height) {
        return Optional.ofNullable(
                committees.get(height / rules.spec().parameters().epochBlocks()));
    }

    /** A machine knows these committees: all must know the same. */
    void learn(Machine machine, CommitteeWindow window) {
        for (long epoch = window.epoch(); window.knows(epoch); epoch++) {
            Committee before = committees.putIfAbsent(epoch, window.of(epoch));
            if (before != null && !before.equals(window.of(epoch))) {
                safety.violated(machine.id().shortHex() + " has another committee of epoch " + epoch);
            }
        }
    }

    boolean seatsByBond() {
        return seatsByBond;
    }

    /** Wants a transaction in a block; the latest few of all wishes are kept. */
    void wish(Wish wish) {
        if (!wishes.contains(wish)) {
            wishes.add(wish);
        }
        if (wishes.size() > MOST_WISHES) {
            wishes.removeFirst();
        }
    }

    BallotVerifier verifier() {
        return seams.ballots(signatures::verify);
    }

    /** Everybody but one. */
    List<NodeId> others(NodeId self) {
        return everybody().stream().filter(node -> !node.equals(self)).toList();
    }

    /** Ids of all machines, each once. */
    List<NodeId> everybody() {
        return machines.stream().map(Machine::id).distinct().toList();
    }

    List<Machine> honest() {
        return machines.stream().filter(Machine::isHonest).toList();
    }

    /** Whether this is an honest member's id. */
    boolean isHonest(NodeId node) {
        return machines.stream().filter(machine -> machine.id().equals(node)).allMatch(Machine::isHonest);
    }

    /** The network is good and all honest members are up from now on. */
    boolean isHealed() {
        return healed;
    }

    void setHealed() {
        healed = true;
    }
}
