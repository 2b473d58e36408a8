/**
 * Tensor parallelism: how the rows of a model's matrices are shared out among the members of a group, and what members send to
 * one another so that together they yield the bits of one machine. May depend on {@code genesis.arithmetic} and the shapes of
 * {@code kernel}; knows nothing of files, of devices, or of how bytes travel.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.tensor;
