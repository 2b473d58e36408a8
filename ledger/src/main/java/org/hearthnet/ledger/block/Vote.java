package org.hearthnet.ledger.block;

import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * A signed ballot.
 *
 * @param ballot what it says
 * @param voter who says it
 * @param signature by the vote key of its seat, over the network and the ballot
 */
public record Vote(Ballot ballot, NodeId voter, Signature signature) {}
