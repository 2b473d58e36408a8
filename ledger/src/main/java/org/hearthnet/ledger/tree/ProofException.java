package org.hearthnet.ledger.tree;

/** A proof that proves nothing about the key and root in question. */
public final class ProofException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message what is wrong */
    public ProofException(String message) {
        super(message);
    }
}
