/** Jobs over the real chain. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.pipeline.ledger;
