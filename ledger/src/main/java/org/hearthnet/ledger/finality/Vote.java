package org.hearthnet.ledger.finality;

import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * A signed ballot.
 *
 * @param ballot what it says
 * @param voter who says it
 * @param signature the voter's over the network and the ballot
 */
public record Vote(Ballot ballot, NodeId voter, Signature signature) {}
