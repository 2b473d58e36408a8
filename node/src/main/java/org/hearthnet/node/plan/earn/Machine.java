package org.hearthnet.node.plan.earn;

import static org.hearthnet.node.plan.PlanException.require;

import java.util.List;
import org.hearthnet.node.plan.CostModel;
import org.hearthnet.node.plan.Counting;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.Link;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.Pipeline;
import org.hearthnet.node.plan.PlanException;
import org.hearthnet.node.plan.Stage;
import org.hearthnet.node.plan.Workload;

/**
 * What one machine does as a stage.
 *
 * @param layers that it runs
 * @param layerTokensPerSecond when it is busy
 */
public record Machine(int layers, double layerTokensPerSecond) {
    /**
     * The most layers of {@code model} that fit, up to {@code wanted}, and how fast they run.
     *
     * @param wanted layers to run at most
     */
    public static Machine of(ModelShape model, Device device, int wanted, Workload work, Counting counting) {
        require(wanted > 0, "a stage needs at least one layer");
        CostModel costs = new CostModel(counting);
        for (int layers = Math.min(wanted, model.layers()); layers >= 1; layers--) {
            ModelShape part = model.withLayers(layers);
            var estimate = costs.estimate(
                    Pipeline.over(part, List.of(Stage.of(device, layers)), new Link("none", 1, 0)), work);
            if (estimate.fits()) {
                return new Machine(layers, layers * estimate.tokensPerSecond());
            }
        }
        throw new PlanException(
                "not one layer of " + model.name() + " fits on " + device.name() + " with the caches of "
                        + work.batch() + " sequences of " + work.context()
                        + " positions. A smaller --batch, a shorter --context or a device with more memory would do");
    }
}
