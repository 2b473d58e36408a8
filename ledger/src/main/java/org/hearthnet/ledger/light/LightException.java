package org.hearthnet.ledger.light;

/** A peer's answer that no honest peer would have given. */
public final class LightException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong */
    public LightException(String message) {
        super(message);
    }
}
