/**
 * Commitments to a computation and evidence against one wrong operation of it: how values become Merkle leaves, the moves
 * of a dispute, and the pure referee that recomputes a single operation. May depend on {@code primitive}, {@code codec},
 * {@code crypto}, {@code protocol}, {@code spec} and {@code arithmetic}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.genesis.proof;
