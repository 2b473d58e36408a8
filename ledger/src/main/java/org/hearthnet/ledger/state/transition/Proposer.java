package org.hearthnet.ledger.state.transition;

import org.hearthnet.genesis.crypto.KeyPair;

/**
 * The keys of a member that makes blocks.
 *
 * @param account its account's, from which its VRF key follows
 * @param vote the vote key of its seat at the block's height
 */
public record Proposer(KeyPair account, KeyPair vote) {
    /** A member that votes with its account's key. */
    public static Proposer of(KeyPair account) {
        return new Proposer(account, account);
    }
}
