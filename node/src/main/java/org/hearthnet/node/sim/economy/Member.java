package org.hearthnet.node.sim.economy;

import java.util.SplittableRandom;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.NodeId;

/** A node of the town: its key, its conduct, and what the ledger does not know of it. */
final class Member {
    /** What it does for a living. */
    enum Trade {
        EXECUTOR,
        VERIFIER,
        CLIENT
    }

    final KeyPair key;
    final Trade trade;
    /** Number of its group; -1 for an honest node. */
    final int group;

    final Conduct conduct;
    final SplittableRandom dice;
    boolean online = true;
    boolean convicted;
    /** Device costs, and bribes given less bribes and reporters' shares taken, in sparks. */
    long spent;

    int wrong;
    int wrongWhenCaught = -1;
    int silences;

    Member(Trade trade, int number, int group, Conduct conduct, long seed) {
        this.key = KeyPair.fromSeed(Hashing.in("hearth/sim-key/1")
                .add(seed)
                .add(trade.ordinal())
                .add(number)
                .finish()
                .toArray());
        this.trade = trade;
        this.group = group;
        this.conduct = conduct;
        this.dice = new SplittableRandom(seed * 31 + key.id().key().a());
    }

    NodeId id() {
        return key.id();
    }

    boolean isHonest() {
        return group < 0;
    }

    boolean isFriendOf(Member other) {
        return group >= 0 && group == other.group;
    }

    void caught() {
        if (wrongWhenCaught < 0 && wrong > 0) {
            wrongWhenCaught = wrong;
        }
    }
}
