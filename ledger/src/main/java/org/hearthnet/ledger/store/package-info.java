/**
 * Where blocks and state are kept: the {@code LedgerStore} port, its twin in memory, and {@code Chain}, which lets only
 * valid blocks in. May depend on {@code genesis}, {@code block}, {@code state} and {@code tree}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.store;
