/**
 * Pure formulas of the network: who is drawn, audit rates, caps, shares and penalties. Inputs in, numbers out; no clock,
 * randomness or I/O. May depend on {@code primitive}, {@code crypto}, {@code protocol} and {@code spec}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.genesis.rules;
