/**
 * The ledger: {@code block} (transactions and blocks), {@code state} (accounts and every other record, and in
 * {@code state.transition} the pure function from state and block to the next state), {@code tree} (the authenticated tree over the records, and proofs), {@code store} (ports and the chain on
 * top of them), {@code rocksdb} (the store on disk), {@code audit} (the check of a store by full replay). May depend on
 * {@code genesis} only.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger;
