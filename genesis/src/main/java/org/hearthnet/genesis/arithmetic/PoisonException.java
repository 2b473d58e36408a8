package org.hearthnet.genesis.arithmetic;

/**
 * A value that the canonical arithmetic does not admit: NaN, an infinity, or a magnitude of 1e30 or more. It ends the
 * job it occurs in, at the same operation on every machine.
 */
public final class PoisonException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    /** Says what was poisonous and where. */
    public PoisonException(String message) {
        super(message);
    }
}
