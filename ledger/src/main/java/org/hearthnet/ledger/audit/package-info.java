/**
 * The check of a stored ledger by reading every byte and replaying every block; changes nothing and repairs nothing. May
 * depend on {@code genesis} and all other packages of the ledger.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.audit;
