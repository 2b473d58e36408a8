package org.hearthnet.node.plan;

/**
 * Memory of one device of a stage, in bytes.
 *
 * @param weights its share of the weights
 * @param cache its share of the keys and values of all sequences in flight
 * @param activations vectors of the batch that is being computed
 * @param capacity what the device has for them
 */
public record StageMemory(double weights, double cache, double activations, double capacity) {
    /** What is needed. */
    public double needed() {
        return weights + cache + activations;
    }

    /** Whether it fits. */
    public boolean fits() {
        return needed() <= capacity;
    }
}
