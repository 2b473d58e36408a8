/**
 * Re-execution of a stage from its inputs: do they fit what the receipt commits to, and does honest execution give the same
 * roots. May depend on {@code genesis} and {@code inference}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.verifier.check;
