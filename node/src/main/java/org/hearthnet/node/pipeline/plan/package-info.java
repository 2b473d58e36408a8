/** Decisions of a job, pure: who runs which layers, and which positions are paid for when. May depend on {@code genesis}. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline.plan;
