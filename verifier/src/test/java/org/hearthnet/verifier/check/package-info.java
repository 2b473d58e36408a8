/** Tests of re-execution. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.verifier.check;
