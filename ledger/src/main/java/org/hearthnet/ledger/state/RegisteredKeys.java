package org.hearthnet.ledger.state;

import org.hearthnet.genesis.spec.SeatKeys;

/**
 * The keys that an account has registered last.
 *
 * @param keys the keys
 * @param epoch when, which is also when the account was last heard of
 */
public record RegisteredKeys(SeatKeys keys, long epoch) {}
