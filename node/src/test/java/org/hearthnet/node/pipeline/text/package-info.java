/** Tests of {@code pipeline.text}. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.pipeline.text;
