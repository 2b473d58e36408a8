/** What an executor keeps of its jobs, so that neither a crash nor an audit finds it without. May depend on {@code genesis} and {@code verifier}. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline.store;
