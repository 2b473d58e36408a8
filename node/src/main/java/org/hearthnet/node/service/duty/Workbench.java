package org.hearthnet.node.service.duty;

import java.util.function.Function;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.verifier.dispute.StageTrace;
import org.hearthnet.verifier.dispute.WeightSource;

/**
 * What checking and defending need of the model.
 *
 * @param manifest the model
 * @param honest executors without any fault, for checking others
 * @param own what ran the own stages
 * @param weights rows of the weights, as evidence
 * @param budget memory of the caches of re-executions
 */
public record Workbench(
        ModelManifest manifest,
        Function<LayerSpan, StageExecutor> honest,
        Own own,
        WeightSource weights,
        KvBudget budget) {
    /** The own stages: an executor defends what it did, which on a demo network may be a planted fault. */
    public interface Own {
        /** What ran {@code stage} of a job. */
        StageExecutor executor(Assignment assignment, int stage);

        /** What is shown of it. */
        StageTrace shown(StageTrace trace);
    }
}
