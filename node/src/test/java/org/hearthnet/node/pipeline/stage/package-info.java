/** Tests of {@code pipeline.stage}. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.pipeline.stage;
