/**
 * The two players of a dispute, both pure over a trace of honest (or, for an executor, its own) execution. May depend on
 * {@code genesis}, {@code inference} and {@code verifier.check}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.verifier.dispute;
