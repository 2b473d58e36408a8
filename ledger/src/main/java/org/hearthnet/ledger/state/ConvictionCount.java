package org.hearthnet.ledger.state;

import org.hearthnet.genesis.primitive.Amount;

/**
 * The convictions of one epoch.
 *
 * @param convictions how many
 * @param frozen bonds they froze
 * @param bonded bonded weight before the first of them
 */
public record ConvictionCount(int convictions, Amount frozen, Amount bonded) {}
