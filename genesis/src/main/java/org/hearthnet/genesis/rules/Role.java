package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/** What an account may do for pay; derived from its record, never stored. */
public enum Role {
    /** Buys inference. */
    CLIENT,
    /** A newcomer that holds a model: may verify, and nothing else. */
    VERIFIER,
    /** Has the reputation and the bond to execute stages. */
    VETERAN;

    /**
     * The role of an account.
     *
     * @param bond its bond
     * @param reputation its agreed duties
     * @param convictions how often it was convicted
     * @param banned whether its key is banned
     * @param holdings how many models it has registered
     */
    public static Role of(
            Parameters parameters, Amount bond, int reputation, int convictions, boolean banned, int holdings) {
        if (banned) {
            return CLIENT;
        }
        boolean bonded = bond.compareTo(parameters.minimumBond()) >= 0;
        if (bonded && reputation >= Reputation.bar(parameters, convictions)) {
            return VETERAN;
        }
        return holdings > 0 ? VERIFIER : CLIENT;
    }
}
