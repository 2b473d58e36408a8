/**
 * A member's promises on disk: an append-only file that survives a loss of power at any instant. May depend on
 * {@code ledger.consensus}, {@code ledger.member} and {@code ledger.store}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.journal;
