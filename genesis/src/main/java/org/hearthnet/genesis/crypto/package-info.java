/** Hashes, signatures and authenticated trees. May depend on {@code primitive}, {@code codec} and BouncyCastle. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.genesis.crypto;
