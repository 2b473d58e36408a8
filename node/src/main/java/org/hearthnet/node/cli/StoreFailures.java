package org.hearthnet.node.cli;

import org.hearthnet.ledger.store.StoreException;

/** What a command says about a store that cannot be used. */
final class StoreFailures {
    private StoreFailures() {}

    /** The exit code that fits: damage is a failed check, a wrong directory wrong usage, the rest is outside of this program. */
    static CommandException explain(StoreException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case CORRUPT -> CommandException.failed(message);
            case OTHER_NETWORK, OTHER_SCHEMA -> CommandException.usage(message);
            case LOCKED, READ_ONLY, GONE, CLOSED, DISK_FULL, IO -> CommandException.unavailable(message);
        };
    }
}
