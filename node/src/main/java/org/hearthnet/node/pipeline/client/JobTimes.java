package org.hearthnet.node.pipeline.client;

import java.time.Duration;

/**
 * How long a client waits, and how often it tries.
 *
 * @param offers for offers that cover the model
 * @param settle for better ones after that
 * @param escrow for the escrow to be on the ledger
 * @param open for a stage to accept
 * @param token for the next token
 * @param finish for the stages' accounts at the end
 * @param attempts pipelines that are tried before the job is given up
 * @param escrowBlocks blocks until the escrow expires
 */
public record JobTimes(
        Duration offers,
        Duration settle,
        Duration escrow,
        Duration open,
        Duration token,
        Duration finish,
        int attempts,
        int escrowBlocks) {
    /** For real networks and the demo. */
    public static final JobTimes DEFAULT = new JobTimes(
            Duration.ofSeconds(5),
            Duration.ofMillis(400),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(4),
            4,
            300);
}
