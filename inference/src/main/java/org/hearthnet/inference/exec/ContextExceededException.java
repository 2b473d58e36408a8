package org.hearthnet.inference.exec;

/** An input goes beyond the positions a sequence may have. */
public final class ContextExceededException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    ContextExceededException(String message) {
        super(message);
    }
}
