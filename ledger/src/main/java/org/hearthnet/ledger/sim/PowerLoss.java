package org.hearthnet.ledger.sim;

/** The machine dies in the middle of what it does. */
final class PowerLoss extends RuntimeException {
    private static final long serialVersionUID = 1;

    PowerLoss() {
        super("power loss", null, false, false);
    }
}
