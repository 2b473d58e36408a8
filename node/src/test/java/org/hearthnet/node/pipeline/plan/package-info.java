/** Tests of {@code pipeline.plan}. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.pipeline.plan;
