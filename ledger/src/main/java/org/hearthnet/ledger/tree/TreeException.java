package org.hearthnet.ledger.tree;

/** A stored node is missing or damaged: the tree cannot be used. */
public final class TreeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TreeException(String message) {
        super(message);
    }
}
