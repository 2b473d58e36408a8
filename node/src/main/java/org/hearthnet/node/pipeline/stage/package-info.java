/** The executor's side of a job: offers, sessions, the ring. May depend on the other rooms of the pipeline but {@code client}. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline.stage;
