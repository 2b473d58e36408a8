/** Tests of whole disputes. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.verifier.dispute;
