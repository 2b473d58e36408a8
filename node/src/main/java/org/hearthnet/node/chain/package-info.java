/**
 * Following the chain, proposing blocks, and getting transactions into them. The cores (pool, own transactions, sync plan)
 * are plain objects without clock, thread or socket; {@link org.hearthnet.node.chain.ChainService} is the shell around
 * them. May depend on {@code p2p}, {@code log}, the ledger and genesis.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.chain;
