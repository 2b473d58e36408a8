package org.hearthnet.node.pipeline.group;

import java.time.Duration;

/**
 * How long members wait.
 *
 * @param connect for a connection and the first answer
 * @param load for a worker to load its share
 * @param exchange for another member's piece while a step runs
 */
public record GroupTimes(Duration connect, Duration load, Duration exchange) {
    /** For machines of one house. */
    public static final GroupTimes DEFAULT =
            new GroupTimes(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(20));
}
