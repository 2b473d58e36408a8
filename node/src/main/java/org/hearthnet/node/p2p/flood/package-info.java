/**
 * Signed flooding: every message goes to every neighbour once, after it was checked. It suits the small set of topics
 * that every node must see (blocks, transactions, requests and offers), where being simple and certain to arrive is
 * worth more than the traffic that a mesh would save.
 *
 * <p>All of it is bounded: messages, the memory of what was seen, what waits for a neighbour, and what a neighbour may
 * send in a second. May depend on {@code p2p} and {@code p2p.wire}; it uses any {@link org.hearthnet.node.p2p.Host}.
 */
@NullMarked
package org.hearthnet.node.p2p.flood;

import org.jspecify.annotations.NullMarked;
