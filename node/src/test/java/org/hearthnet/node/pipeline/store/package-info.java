/** Tests of {@code pipeline.store}. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.pipeline.store;
