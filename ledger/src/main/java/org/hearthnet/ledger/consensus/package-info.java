/**
 * Agreement on the next block: Simplex (B. Chan and R. Pass, "Simplex Consensus: A Simple and Fast Consensus Protocol",
 * TCC 2023), one instance a height, as a pure state machine. {@link org.hearthnet.ledger.consensus.Simplex#step} takes an
 * input and returns effects; there is no clock, thread, randomness or I/O in here. May depend on {@code ledger.block} and
 * {@code ledger.finality}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.consensus;
