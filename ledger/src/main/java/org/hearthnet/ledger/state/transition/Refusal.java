package org.hearthnet.ledger.state.transition;

import java.util.function.Supplier;

/** A transaction that the rules do not allow; changes nothing. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String reason) {
        super(reason, null, false, false); // a normal outcome for hostile input: no stack trace to pay for
    }

    /** Refuses with {@code reason} unless {@code allowed}. */
    static void unless(boolean allowed, String reason) {
        if (!allowed) {
            throw new Refusal(reason);
        }
    }

    /** The same where putting the reason together would cost more than what is checked. */
    static void unless(boolean allowed, Supplier<String> reason) {
        if (!allowed) {
            throw new Refusal(reason.get());
        }
    }
}
