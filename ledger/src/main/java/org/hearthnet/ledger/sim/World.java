package org.hearthnet.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.consensus.Timings;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.state.transition.Rules;

/** Everything that the machines of one run share. */
final class World {
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

    private boolean healed;

    World(Dice dice, Rules rules, Timings timings, List<KeyPair> accounts, int transfers, Seams seams) {
        this.dice = dice;
        this.rules = rules;
        this.timings = timings;
        this.accounts = accounts;
        this.transfers = transfers;
        this.seams = seams;
        this.network = new Network(events, dice.split());
        this.signatures = new KeyedSignatures(rules.network());
        this.safety = new Safety(this);
    }

    Committee committee() {
        return rules.spec().committee();
    }

    BallotVerifier verifier() {
        return seams.ballots(signatures::verify);
    }

    /** All members but one. */
    List<NodeId> others(NodeId self) {
        return committee().seats().stream()
                .map(Committee.Seat::node)
                .filter(node -> !node.equals(self))
                .toList();
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
