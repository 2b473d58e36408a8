package org.hearthnet.node.service.duty;

/** An executor did not serve inputs that fit the drawn receipt; the message says what was wrong. */
final class UnservedException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean hopeless;

    private UnservedException(String message, boolean hopeless) {
        super(message);
        this.hopeless = hopeless;
    }

    /** Asking again may help. */
    static UnservedException forNow(String message) {
        return new UnservedException(message, false);
    }

    /** The inputs are the receipt's, and no receipt over them can be right. */
    static UnservedException forever(String message) {
        return new UnservedException(message, true);
    }

    boolean isHopeless() {
        return hopeless;
    }
}
