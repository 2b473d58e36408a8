/**
 * The light client: believes a genesis file or one block's hash, and of everything else only what is proven. Pure; whoever
 * uses it brings the answers of a peer. May depend on {@code ledger.block}, {@code ledger.finality} and {@code ledger.tree}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.light;
