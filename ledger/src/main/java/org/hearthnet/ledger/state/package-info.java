/**
 * The ledger's state: canonical records under byte keys, the ports and overlays through which they are read and changed,
 * and the Merkle tree over them. The rules that change them are in {@code state.transition}. No clock, randomness or I/O.
 * May depend on {@code genesis} and {@code block}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.state;
