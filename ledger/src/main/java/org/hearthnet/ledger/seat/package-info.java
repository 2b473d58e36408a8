/**
 * What a node does for its seat in the committee: keeping vote keys, and registering new ones in every epoch. May depend on
 * {@code ledger.block}, {@code ledger.state}, {@code ledger.member} and {@code ledger.journal}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.seat;
