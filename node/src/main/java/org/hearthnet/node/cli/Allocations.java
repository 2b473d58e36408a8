package org.hearthnet.node.cli;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.node.app.GenesisDraft;
import org.hearthnet.node.app.NetworkPreset;
import org.jspecify.annotations.Nullable;

/** First accounts as people write them: {@code LABEL=ID:CREDITS:BOND}. */
final class Allocations {
    private record Parts(String label, NodeId id, Optional<Amount> credits, Optional<Amount> bond) {}

    private Allocations() {}

    static void veteran(GenesisDraft draft, String text) {
        Parts parts = parse(text, 3);
        checked(() -> draft.veteran(parts.label, parts.id, parts.credits, parts.bond));
    }

    static void account(GenesisDraft draft, String text) {
        Parts parts = parse(text, 2);
        if (parts.credits.isEmpty()) {
            throw CommandException.usage("'" + text + "' lacks the credits: LABEL=ID:CREDITS");
        }
        checked(() -> draft.account(parts.label, parts.id, parts.credits.get()));
    }

    static void faucet(GenesisDraft draft, @Nullable String credits) {
        checked(() -> draft.faucet(Optional.ofNullable(credits).map(NetworkPreset::credits)));
    }

    private static Parts parse(String text, int most) {
        int equals = text.indexOf('=');
        String[] parts = text.substring(equals + 1).split(":", -1);
        if (equals < 1 || parts.length > most) {
            throw CommandException.usage(
                    "'" + text + "' is no LABEL=ID" + (most == 3 ? "[:CREDITS[:BOND]]" : ":CREDITS"));
        }
        try {
            return new Parts(
                    text.substring(0, equals),
                    AccountIds.parse(parts[0]),
                    parts.length > 1 ? Optional.of(NetworkPreset.credits(parts[1])) : Optional.empty(),
                    parts.length > 2 ? Optional.of(NetworkPreset.credits(parts[2])) : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(text + ": " + e.getMessage());
        }
    }

    private static void checked(Runnable step) {
        try {
            step.run();
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
