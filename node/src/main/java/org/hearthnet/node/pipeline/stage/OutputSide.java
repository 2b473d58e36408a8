package org.hearthnet.node.pipeline.stage;

import java.io.IOException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.node.pipeline.wire.RingMessage;

/** What goes out of a stage, with this node's signature on it. */
sealed interface OutputSide permits TokenOutput, ActivationOutput {
    /** Adds what was computed; it must be journaled before {@link #send}. */
    void add(StageEngine.Frame frame, int executed) throws StageFailure;

    /** Sends what was added last. */
    void send() throws IOException, StageFailure;

    /** Root over everything added. */
    Hash32 root();

    /** Whether an acknowledgement is the receiver's, over the newest state; older ones are passed over. */
    boolean accept(RingMessage.Ack ack) throws StageFailure;

    /** Whether the receiver is expected to acknowledge. */
    boolean isAcknowledged();

    /** Whether the answer is complete. */
    boolean complete();
}
