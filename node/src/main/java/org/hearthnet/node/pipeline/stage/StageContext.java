package org.hearthnet.node.pipeline.stage;

import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.node.pipeline.plan.IntervalSchedule;
import org.hearthnet.node.pipeline.wire.Protocols;

/**
 * The facts of one stage of one job.
 *
 * @param network the network's id
 * @param key this node's key
 * @param assignment the job
 * @param job its id
 * @param stage this node's stage
 * @param shape the model's shape
 * @param schedule in which pieces it is paid
 */
record StageContext(
        Hash32 network,
        KeyPair key,
        Assignment assignment,
        Hash32 job,
        int stage,
        ModelManifest.Shape shape,
        IntervalSchedule schedule) {
    static StageContext of(Hash32 network, KeyPair key, Assignment assignment, int stage, ModelManifest.Shape shape) {
        var schedule = IntervalSchedule.of(assignment, Protocols.framePositions(shape.hidden()));
        return new StageContext(network, key, assignment, assignment.id(), stage, shape, schedule);
    }

    boolean isFirst() {
        return stage == 0;
    }

    boolean isLast() {
        return assignment.isLast(stage);
    }

    boolean isAlone() {
        return assignment.stages().size() == 1;
    }

    int upstream() {
        return isFirst() ? assignment.stages().size() - 1 : stage - 1;
    }

    int downstream() {
        return isLast() ? 0 : stage + 1;
    }

    NodeId executor(int number) {
        return assignment.stages().get(number).executor();
    }
}
