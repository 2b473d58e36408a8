/** Tests of {@code pipeline.market}. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.pipeline.market;
