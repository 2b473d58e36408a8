/**
 * The transition function: from (state, block) to the changes, or to one precise reason why the block is invalid. Pure: no
 * clock, randomness or I/O, so every replica and every later audit gets the same bits. One class a transaction type; what
 * happens by itself at the beginning of a block is in {@code Settlement}, {@code Deadlines}, {@code Slashes} and
 * {@code Draws}, each with bounded work a block. Does not know how the proposer is chosen. May depend on {@code genesis},
 * {@code block}, {@code state} and {@code tree}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.state.transition;
