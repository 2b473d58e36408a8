package org.hearthnet.node.pipeline.stage;

import org.hearthnet.genesis.protocol.Assignment;

/**
 * On what terms a node executes.
 *
 * @param price sparks for one layer of one token
 * @param slots stages that may run at once
 * @param maxPositions longest job, prompt and answer together
 */
public record ExecutorTerms(long price, int slots, int maxPositions) {
    /** Checks the ranges. */
    public ExecutorTerms {
        if (price < 1 || slots < 1 || maxPositions < 2 || maxPositions > Assignment.MAX_POSITIONS) {
            throw new IllegalArgumentException("not terms to work on");
        }
    }
}
