/**
 * A member of the committee at work: the consensus core between a chain and ports for everything outside. The same class
 * runs in a node and in the simulator; only the ports differ. May depend on {@code ledger.block}, {@code ledger.finality}
 * and {@code ledger.consensus}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.member;
