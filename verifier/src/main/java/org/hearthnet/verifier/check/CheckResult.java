package org.hearthnet.verifier.check;

import java.util.List;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.Verdict;

/**
 * What a check found.
 *
 * @param verdict what to post
 * @param reason for people
 * @param traceLeaves one leaf a position from honest execution; empty if the stage was not executed
 */
public record CheckResult(Verdict verdict, String reason, List<Hash32> traceLeaves) {
    /** The verifier's tag for {@code duty}: proves that it computed every position. */
    public Hash32 tag(Hash32 duty, NodeId verifier) {
        return Commitments.tagRoot(duty, verifier, traceLeaves);
    }
}
