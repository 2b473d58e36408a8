/**
 * The chain specification that makes a network, and the manifest that makes a model exact; both with a JSON form for
 * people. May depend on {@code primitive}, {@code codec}, {@code crypto} and Jackson.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.genesis.spec;
