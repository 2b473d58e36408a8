package org.hearthnet.node.plan;

/** What was asked for cannot be planned; the message says why and what could be. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence for people. */
    public PlanException(String message) {
        super(message);
    }

    /** Fails with {@code message} unless {@code holds}. */
    public static void require(boolean holds, String message) {
        if (!holds) {
            throw new PlanException(message);
        }
    }

    /** Fails unless {@code value} is a positive finite number. */
    public static double positive(double value, String what) {
        require(Double.isFinite(value) && value > 0, what + " must be more than zero, not " + value);
        return value;
    }

    /** Fails unless {@code value} is finite and not negative. */
    public static double notNegative(double value, String what) {
        require(Double.isFinite(value) && value >= 0, what + " must not be negative, as " + value + " is");
        return value;
    }
}
