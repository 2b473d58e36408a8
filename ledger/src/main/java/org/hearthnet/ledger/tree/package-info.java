/**
 * The authenticated tree over all records of the state: a compact sparse Merkle tree whose nodes have versions, with proofs
 * that a record is there or is not. Knows keys, values and nodes as bytes only; where nodes are kept is behind the
 * {@code NodeReader} port and the {@code TreeUpdate} that a store writes together with its block. No clock, randomness or
 * I/O. May depend on {@code genesis}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.tree;
