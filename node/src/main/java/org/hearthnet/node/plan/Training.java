package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.positive;
import static org.hearthnet.node.plan.PlanException.require;

/**
 * What training a model takes, in mixed precision with Adam.
 *
 * @param model the model
 * @param sequence tokens of a sequence
 * @param batch sequences that one replica computes at once
 * @param tensor devices that share each layer
 */
public record Training(ModelShape model, int sequence, int batch, int tensor) {
    /** A copy in fp32, momentum and variance (Rajbhandari et al., "ZeRO", 2019, section 3.1). */
    private static final double OPTIMIZER_BYTES = 12;

    /** Forward and backward pass: three multiplications and three additions for each weight and token. */
    private static final double OPERATIONS_A_WEIGHT = 6;

    /** Bytes a token, layer and hidden element that are not divided by tensor parallelism ... */
    private static final double SHARED_BYTES = 10;

    /** ... and that are, with selective recomputation (Korthikanti et al., "Reducing activation recomputation", 2022). */
    private static final double DIVIDED_BYTES = 24;

    /** Gradients are added up in fp32. */
    private static final double GRADIENT_SUM_BYTES = 4;

    /** Q, K and V. */
    private static final int PROJECTIONS = 3;

    private static final double SECONDS_AN_HOUR = 3600;

    /** Checks the counts. */
    public Training {
        require(sequence > 0 && batch > 0 && tensor > 0, "sequence, batch and tensor degree must be at least 1");
    }

    /**
     * Memory in bytes.
     *
     * @param weights in the precision of the passes
     * @param gradients in the same
     * @param optimizer Adam's state
     * @param activations kept for the backward pass
     */
    public record Memory(double weights, double gradients, double optimizer, double activations) {
        /** All of it. */
        public double total() {
            return weights + gradients + optimizer + activations;
        }

        /** How many such devices hold it. */
        public double devices(Device device) {
            return Math.ceil(total() / device.memoryBytes());
        }
    }

    /** Of one replica of the model. */
    public Memory memory() {
        double activations =
                (double) sequence * batch * model.hidden() * model.layers() * (SHARED_BYTES + DIVIDED_BYTES / tensor);
        return new Memory(model.weightBytes(), model.weightBytes(), model.parameters() * OPTIMIZER_BYTES, activations);
    }

    /** Operations for {@code tokens} tokens through {@code parameters} weights (Kaplan et al., 2020). */
    public static double operations(double parameters, double tokens) {
        return OPERATIONS_A_WEIGHT * parameters * tokens;
    }

    /** Hours on one device at {@code utilisation} of its peak. */
    public double deviceHours(double tokens, Device device, double utilisation) {
        positive(utilisation, "the utilisation");
        return operations(model.parameters(), tokens) / (device.operationsPerSecond() * utilisation) / SECONDS_AN_HOUR;
    }

    /** Seconds that one device computes on one layer for one batch. */
    public double layerSeconds(double layerParameters, Device device) {
        return operations(layerParameters, (double) batch * sequence) / device.operationsPerSecond();
    }

    /** Bytes of the gradients of {@code parameters} weights, as they are sent once to be averaged. */
    public static double gradientBytes(double parameters) {
        return parameters * GRADIENT_SUM_BYTES;
    }

    /** Operations a byte that tensor parallelism among {@code devices} allows: 2 x 3 x hidden / devices / bytes a weight. */
    public double operationsPerByte(double devices) {
        return 2 * PROJECTIONS * (model.hidden() / devices) / model.bytesPerWeight();
    }

    /** The most devices among which a layer can be divided before the exchange over {@code link} takes longer than computing. */
    public double tensorLimit(Device device, Link link) {
        return operationsPerByte(1) / (device.operationsPerSecond() / link.bytesPerSecond());
    }

    /** Layers that are computed if each layer's input is found from the first one on: n (n + 1) / 2. */
    public double fullRecomputationLayers() {
        return model.layers() * (model.layers() + 1) / 2.0;
    }
}
