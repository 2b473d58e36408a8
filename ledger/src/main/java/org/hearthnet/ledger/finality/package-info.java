/**
 * What proves that a block is final: certificates, and blocks and headers with theirs. A light client needs this package and
 * {@code ledger.block}, and nothing of how the votes came about. May depend on {@code ledger.block}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.finality;
