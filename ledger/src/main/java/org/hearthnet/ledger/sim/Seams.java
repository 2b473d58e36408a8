package org.hearthnet.ledger.sim;

import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.consensus.Timings;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.journal.Disk;
import org.hearthnet.ledger.member.Member;

/** Where tests put a bug into a run, to see it found. Nothing outside of tests has another one than {@link #NONE}. */
interface Seams {
    /** Production code as it is. */
    Seams NONE = new Seams() {};

    /** The disk that a journal sees. */
    default Disk disk(SimDisk disk) {
        return disk;
    }

    /** A member. */
    default Member member(NodeId self, Timings timings, Member.Scheme scheme, Member.Ports ports) {
        return new Member(self, timings, scheme, ports);
    }

    /** How votes are verified. */
    default BallotVerifier ballots(BallotVerifier verifier) {
        return verifier;
    }

    /** Something arrives at a member, which will see it right after. */
    default void arriving(Machine machine, Member member, NodeId from, Packet packet) {}
}
