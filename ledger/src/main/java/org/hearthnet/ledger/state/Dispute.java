package org.hearthnet.ledger.state;

import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.DisputeState;

/**
 * An open dispute, named by the duty that it grew out of; that duty also holds the deadline of the next move.
 *
 * @param executor who defends its receipt
 * @param challenger the verifier that found a difference
 * @param state the moves so far
 */
public record Dispute(NodeId executor, NodeId challenger, DisputeState state) {}
