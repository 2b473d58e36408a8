/**
 * Decisions of a mining node: no clock, thread, randomness or I/O. May depend on {@code genesis} and the records of
 * {@code ledger.state}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.service.plan;
