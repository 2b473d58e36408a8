/**
 * The ledger, room by room: {@code block} (transactions, blocks, votes), {@code finality} (what proves that a block is final),
 * {@code consensus} (pure: how a committee agrees), {@code member} (one member at work), {@code journal} (what it must not
 * forget), {@code sim} (committees simulated), {@code state} (accounts and every other record, and in {@code
 * state.transition} the pure function from state and block to the next state), {@code tree} (the authenticated tree over the
 * records, and proofs), {@code light} (the light client), {@code store} (ports and the chain on top of them), {@code rocksdb}
 * (the store on disk), {@code audit} (the check of a store by full replay), {@code bench}. May depend on {@code genesis} only.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger;
