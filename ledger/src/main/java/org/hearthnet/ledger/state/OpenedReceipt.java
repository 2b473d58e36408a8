package org.hearthnet.ledger.state;

import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;

/**
 * A receipt that a verifier has shown to be in its batch.
 *
 * @param receipt the receipt
 * @param assignment the job, whose client's signature was checked
 */
public record OpenedReceipt(Receipt receipt, Assignment assignment) {}
