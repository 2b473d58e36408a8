package org.hearthnet.inference.exec;

/** The memory limit of the caches is reached; the sequence that asked is unchanged and may go on later. */
public final class KvExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KvExhaustedException(String message) {
        super(message);
    }
}
