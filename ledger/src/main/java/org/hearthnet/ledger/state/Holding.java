package org.hearthnet.ledger.state;

import org.hearthnet.genesis.protocol.LayerSpan;

/**
 * Layers of a model that a node says it holds.
 *
 * @param span which
 * @param activeFrom first epoch in which the node is drawn for them
 */
public record Holding(LayerSpan span, long activeFrom) {}
