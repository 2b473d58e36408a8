package org.hearthnet.node.service.duty;

import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.node.pipeline.stage.ModelEngine.Borrowed;
import org.hearthnet.verifier.dispute.StageTrace;
import org.hearthnet.verifier.dispute.WeightSource;

/**
 * What checking and defending need of the model.
 *
 * @param manifest the model
 * @param layers its layers
 * @param weights rows of the weights, as evidence
 * @param budget memory of the caches of re-executions
 */
public record Workbench(ModelManifest manifest, Layers layers, WeightSource weights, KvBudget budget) {
    /** Layers of the model, to be checked with and to be defended. */
    public interface Layers {
        /** Layers without any fault, for checking others. */
        Borrowed honest(LayerSpan span);

        /** What ran {@code stage} of a job here: an executor defends what it did, which may be a planted fault. */
        Borrowed own(Assignment assignment, int stage);

        /** What is shown of the own execution. */
        StageTrace shown(StageTrace trace);
    }
}
