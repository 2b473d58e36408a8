package org.hearthnet.node.pipeline.stage;

import java.util.Optional;
import java.util.OptionalInt;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.node.pipeline.wire.RingMessage;

/** What comes into a stage. Nothing is executed before its root and the sender's signature were checked. */
sealed interface InputSide permits TokenInput, ActivationInput {
    /** Takes what arrived. */
    void arrive(RingMessage message) throws StageFailure;

    /** Where the next frame ends, if it is here and all of it is paid. */
    OptionalInt ready(int executed, int paid);

    /** The next frame, checked: positions {@code executed} to {@code end}. */
    Checked take(int executed, int end) throws StageFailure;

    /** Root over everything taken so far. */
    Hash32 root();

    /** The sender's signature over {@link #root}, if there is a sender. */
    Optional<Signature> upstream();

    /** This side's signature for the sender over what was taken so far; none for tokens. */
    Optional<RingMessage.Ack> acknowledge();

    /**
     * Input that may be executed.
     *
     * @param input for the engine
     * @param bytes the same for the journal
     */
    record Checked(StageInput input, Bytes bytes) {}
}
