package org.hearthnet.ledger.state;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * The task of one verifier: to re-execute one receipt.
 *
 * <pre>
 * DRAWN --agree--> ANSWER --answer--> REVEAL --reveal--> CLOSED (agreed, or tags differ)
 *   |differ (first)--> OPINION --opinion closes--> CLOSED (dismissed) or DISPUTE
 *   |differ (no veteran can give an opinion)--> DISPUTE --decided or silent--> CLOSED
 *   |not served, or deadline--> CLOSED, and another verifier is drawn
 * </pre>
 *
 * @param batch the batch that the receipt is in
 * @param index the receipt's number in it
 * @param executor whose receipt
 * @param verifier whose duty
 * @param first for a second opinion the duty that it is about, else {@link Hash32#ZERO}
 * @param phase what it waits for
 * @param deadline last height at which the next step is in time
 * @param attempt number of this draw for the receipt, from 0
 * @param notServed how many earlier verifiers were not served
 * @param tried who was drawn for this receipt before
 * @param sealedTag the verifier's sealed tag; {@link Hash32#ZERO} for none yet
 * @param answer the executor's tag, if it has answered
 * @param outcome how it ended
 */
public record Duty(
        Hash32 batch,
        int index,
        NodeId executor,
        NodeId verifier,
        Hash32 first,
        Phase phase,
        long deadline,
        int attempt,
        int notServed,
        @Limit(Duty.MAX_TRIED) List<NodeId> tried,
        Hash32 sealedTag,
        Optional<Hash32> answer,
        Outcome outcome) {
    /** Most verifiers drawn for one receipt. */
    public static final int MAX_TRIED = 8;

    /** What a duty waits for. */
    public enum Phase {
        /** The verifier's verdict. */
        DRAWN,
        /** The executor's tag. */
        ANSWER,
        /** The verifier's tag. */
        REVEAL,
        /** A second opinion. */
        OPINION,
        /** The moves of a dispute. */
        DISPUTE,
        /** Nothing. */
        CLOSED
    }

    /** How a duty ended. */
    public enum Outcome {
        /** It has not. */
        OPEN,
        /** Both sides showed the same tag. */
        AGREED,
        /** They showed different tags. */
        TAGS_DIFFER,
        /** The verifier let a deadline pass. */
        MISSED,
        /** The verifier got no inputs that fit the receipt. */
        NOT_SERVED,
        /** A second opinion that differs too; the dispute is the first verifier's. */
        DIFFERED,
        /** The accusation was wrong or was given up. */
        DISMISSED,
        /** The executor's receipt was wrong. */
        CONVICTED,
        /** The executor could not answer. */
        SILENT,
        /** The executor admitted it. */
        CONFESSED,
        /** The receipt's case ended otherwise while this duty was open. */
        SUPERSEDED
    }

    /** The hash that names the duty of attempt {@code attempt} at a receipt. */
    public static Hash32 id(Hash32 batch, int index, int attempt) {
        return Hashing.in("hearth/duty/1").add(batch).add(index).add(attempt).finish();
    }

    /** The hash that names this duty. */
    public Hash32 id() {
        return id(batch, index, attempt);
    }

    /** Whether this is a second opinion. */
    public boolean isSecondOpinion() {
        return !first.equals(Hash32.ZERO);
    }

    /** The next step. */
    public Duty to(Phase next, long nextDeadline) {
        return new Duty(
                batch,
                index,
                executor,
                verifier,
                first,
                next,
                nextDeadline,
                attempt,
                notServed,
                tried,
                sealedTag,
                answer,
                outcome);
    }

    /** With the verifier's sealed tag. */
    public Duty withSealedTag(Hash32 tag) {
        return new Duty(
                batch, index, executor, verifier, first, phase, deadline, attempt, notServed, tried, tag, answer,
                outcome);
    }

    /** With the executor's tag. */
    public Duty withAnswer(Hash32 tag) {
        return new Duty(
                batch,
                index,
                executor,
                verifier,
                first,
                phase,
                deadline,
                attempt,
                notServed,
                tried,
                sealedTag,
                Optional.of(tag),
                outcome);
    }

    /** Ended. */
    public Duty close(Outcome how) {
        return new Duty(
                batch,
                index,
                executor,
                verifier,
                first,
                Phase.CLOSED,
                0,
                attempt,
                notServed,
                tried,
                sealedTag,
                answer,
                how);
    }
}
