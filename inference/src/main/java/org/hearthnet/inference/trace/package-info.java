/**
 * Observation of runs: what proofs commit to, without knowing how. May depend on {@code genesis.arithmetic}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.trace;
