/** The ledger as jobs see it, on this node's chain. May depend on {@code chain} and the ledger module. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline.ledger;
