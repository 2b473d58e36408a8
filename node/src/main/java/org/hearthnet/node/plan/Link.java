package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.notNegative;
import static org.hearthnet.node.plan.PlanException.positive;

/**
 * A way between devices.
 *
 * @param name for people
 * @param bytesPerSecond in one direction; products are often sold by the sum of both
 * @param messageSeconds what a message takes beside its bytes: propagation, protocol stack, copies
 */
public record Link(String name, double bytesPerSecond, double messageSeconds) {
    private static final double BITS = 8;

    /** Checks the numbers. */
    public Link {
        positive(bytesPerSecond, name + ": bandwidth");
        notNegative(messageSeconds, name + ": latency");
    }

    /** From gigabits a second, as networks are sold. */
    public static Link gigabits(String name, double gigabitsPerSecond, double messageSeconds) {
        return new Link(name, gigabitsPerSecond * 1e9 / BITS, messageSeconds);
    }

    /** How long {@code bytes} take in one message: the latency-bandwidth model of Hockney (Parallel Computing 20, 1994). */
    public double seconds(double bytes) {
        return messageSeconds + bytes / bytesPerSecond;
    }

    /** The same, as if messages took nothing but their bytes. */
    public Link withoutMessageTime() {
        return new Link(name, bytesPerSecond, 0);
    }
}
