package org.hearthnet.ledger.consensus;

import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.SealedBlock;

/** What is to be done, strictly in the order given. */
public sealed interface Effect {
    /** Make a block on top of the last final one; {@link Input.Built} brings it, or nothing does. */
    record Build(long height, int view) implements Effect {}

    /** Find out whether the transition function allows a block; {@link Input.Judged} brings the answer. */
    record Judge(Block block) implements Effect {}

    /** Write and sync a promise. Nothing that follows may be done before it is on disk. */
    record Keep(Promise promise) implements Effect {}

    /** Send to all other members. */
    record Broadcast(Message message) implements Effect {}

    /** Send to one member. */
    record Send(NodeId to, Message message) implements Effect {}

    /** Bring {@link Input.Elapsed} after {@code delayMs}. */
    record Arm(Timer timer, long delayMs) implements Effect {}

    /** Add the block to the chain; {@link Input.Begin} with the next height follows. */
    record Decide(SealedBlock block) implements Effect {}

    /** A block is final that is not here: fetch it; {@link Input.Begin} with the next height follows. */
    record Fetch(Certificate certificate) implements Effect {}

    /** {@code peer} works at {@code height}, so blocks are missing here: fetch them. */
    record CatchUp(NodeId peer, long height) implements Effect {}

    /** A member has contradicted itself. */
    record Accuse(Contradiction contradiction) implements Effect {}
}
