package org.hearthnet.node.pipeline.stage;

import org.hearthnet.node.pipeline.wire.ClientMessage;
import org.hearthnet.node.pipeline.wire.RingMessage;

/** What a running stage waits for. */
sealed interface StageEvent {
    /** The client paid. */
    record Paid(ClientMessage.Pay pay) implements StageEvent {}

    /** The client wants no more. */
    record Stopped() implements StageEvent {}

    /** A frame came from the stage before. */
    record Arrived(RingMessage frame) implements StageEvent {}

    /** The next stage acknowledged. */
    record Acknowledged(RingMessage.Ack ack) implements StageEvent {}

    /**
     * Somebody is gone.
     *
     * @param suspect number of a stage, or a constant of {@code StageMessage.Failure}
     */
    record Lost(int suspect, String reason) implements StageEvent {}
}
