/**
 * Measurements of the ledger on a store of its own: what a block costs, part by part, and what an account does. May depend
 * on all other packages of the ledger; nothing may depend on it but commands.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.bench;
