/**
 * Gossipsub by the <a href="https://github.com/libp2p/specs/tree/master/pubsub/gossipsub">specifications</a> v1.0, v1.1
 * (scores, back-off, peer exchange, flood publishing) and v1.2 (IDONTWANT).
 *
 * <p>{@link org.hearthnet.node.p2p.gossipsub.Router} is the protocol: a pure state machine, {@code step(input, now) ->
 * effects}, without thread, clock, I/O or randomness of its own, so that a simulator runs the very code that nodes run.
 * {@link org.hearthnet.node.p2p.gossipsub.GossipsubService} is its shell: streams, queues, signatures, validators.
 *
 * <p>All of it is bounded: each repeated field of an RPC, topics, peers, memories of messages and of peers that left, what
 * waits for validation or for a neighbour, and what a neighbour may send in a second. May depend on {@code p2p} and {@code
 * p2p.wire}; it uses any {@link org.hearthnet.node.p2p.Host}. Explicit peering agreements and floodsub peers are not
 * supported.
 */
@NullMarked
package org.hearthnet.node.p2p.gossipsub;

import org.jspecify.annotations.NullMarked;
