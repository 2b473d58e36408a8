package org.hearthnet.ledger.state;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * A frozen bond that waits to be divided.
 *
 * @param node whose bond
 * @param finder who found the error
 * @param client to whom {@code owed} goes first, if a job was paid for
 * @param owed what the client has not got back yet
 * @param bond how much is frozen
 * @param epoch epoch of the conviction
 */
public record Slash(NodeId node, NodeId finder, Optional<NodeId> client, Amount owed, Amount bond, long epoch) {}
