/** Messages of the pipeline's protocols, canonical records with limits. May depend on {@code genesis} and {@code p2p}. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline.wire;
