/**
 * The ledger's state: canonical records under byte keys, the ports and overlays through which they are read and changed.
 * The rules that change them are in {@code state.transition}, the tree over them is in {@code tree}. No clock, randomness or
 * I/O. May depend on {@code genesis} and {@code block}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.state;
