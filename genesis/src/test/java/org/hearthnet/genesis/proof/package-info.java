/** Tests of the referee and of its records. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.genesis.proof;
