/** Identifiers, hashes and integer amounts. May depend on nothing but the JDK. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.genesis.primitive;
