/**
 * Transactions, headers, blocks and the votes on them: records, their encodings and limits. Knows nothing of what they do to the state. May
 * depend on {@code genesis}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.block;
