package org.hearthnet.ledger.light;

import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.ledger.finality.SealedHeader;

/**
 * A final header with the committees that it names by their hash.
 *
 * @param header the header
 * @param window the committees after it
 */
public record TrustStep(SealedHeader header, CommitteeWindow window) {}
