package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.notNegative;
import static org.hearthnet.node.plan.PlanException.positive;

/**
 * What runs layers.
 *
 * @param name for people
 * @param operationsPerSecond multiplications and additions of the arithmetic used, dense
 * @param memoryBytes for weights and caches
 * @param memoryBytesPerSecond of reading them
 * @param busBytesPerSecond to its neighbours in the same host, one direction
 * @param busSeconds for a message to them, beside its bytes
 * @param usd price
 * @param watts under load
 */
public record Device(
        String name,
        double operationsPerSecond,
        double memoryBytes,
        double memoryBytesPerSecond,
        double busBytesPerSecond,
        double busSeconds,
        double usd,
        double watts) {
    /** Checks the numbers. */
    public Device {
        positive(operationsPerSecond, name + ": operations a second");
        positive(memoryBytes, name + ": memory");
        positive(memoryBytesPerSecond, name + ": memory bandwidth");
        positive(busBytesPerSecond, name + ": bandwidth of the bus");
        notNegative(busSeconds, name + ": latency of the bus");
        notNegative(usd, name + ": price");
        notNegative(watts, name + ": power");
    }

    /** The way to neighbours in the same host. */
    public Link bus() {
        return new Link(name + " bus", busBytesPerSecond, busSeconds);
    }

    /**
     * The batch at which reading the weights takes as long as computing with them, for weights of two bytes: operations a
     * second over bytes a second, since each weight of two bytes takes two operations a sequence.
     */
    public double balance() {
        return operationsPerSecond / memoryBytesPerSecond;
    }

    /** With measured speeds in place of those on paper. */
    public Device measured(String newName, double newOperationsPerSecond, double newMemoryBytesPerSecond) {
        return new Device(
                newName,
                newOperationsPerSecond,
                memoryBytes,
                newMemoryBytesPerSecond,
                busBytesPerSecond,
                busSeconds,
                usd,
                watts);
    }
}
