package org.hearthnet.ledger.store;

import java.nio.file.Path;

/**
 * Where a store on disk lies in a node's directory.
 *
 * @param node the node's directory
 */
public record StoreLayout(Path node) {
    /** The database: a directory. */
    public Path database() {
        return node.resolve("ledger");
    }

    /** The seal of a store that was closed in good order: a file beside the database. */
    public Path seal() {
        return node.resolve("ledger.seal");
    }
}
