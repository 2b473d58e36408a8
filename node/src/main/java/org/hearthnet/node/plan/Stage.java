package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.require;

/**
 * Consecutive layers and what runs them: one device, or several that divide every layer among them (tensor parallelism).
 *
 * @param device each of them
 * @param devices how many
 * @param inner the way between them
 * @param layers how many layers
 */
public record Stage(Device device, int devices, Link inner, int layers) {
    /** Checks the counts. */
    public Stage {
        require(devices > 0, "a stage needs at least one device");
        require(layers > 0, "a stage needs at least one layer");
    }

    /** One device. */
    public static Stage of(Device device, int layers) {
        return new Stage(device, 1, device.bus(), layers);
    }

    /** {@code devices} in one host, over its bus. */
    public static Stage tensor(Device device, int devices, int layers) {
        return new Stage(device, devices, device.bus(), layers);
    }
}
