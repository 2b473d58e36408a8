/**
 * Running models: any range of layers for many sequences at once, with a bounded fp16 cache, traces for proofs, and
 * local generation. May depend on {@code genesis.arithmetic} and the other packages of this module.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.exec;
