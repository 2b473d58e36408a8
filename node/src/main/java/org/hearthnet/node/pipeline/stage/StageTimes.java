package org.hearthnet.node.pipeline.stage;

import java.time.Duration;

/**
 * How long a stage waits.
 *
 * @param open for a client's first message
 * @param escrow for the escrow to appear in this node's ledger
 * @param idle for the next frame, voucher or stop
 * @param send for a neighbour to take a message
 * @param settle for the last acknowledgement when the job is over
 */
public record StageTimes(Duration open, Duration escrow, Duration idle, Duration send, Duration settle) {
    /** For real networks and the demo. */
    public static final StageTimes DEFAULT = new StageTimes(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1));
}
