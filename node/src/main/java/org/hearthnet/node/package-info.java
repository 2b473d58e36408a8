/**
 * The node: everything with a socket, a clock, a file or a person at the other end.
 *
 * <p>Rooms: {@code p2p} (libp2p, stands alone), {@code chain} (following and proposing blocks), {@code pipeline} (planning
 * and running stages), {@code service} (mining and duties), {@code gateway} (HTTP), {@code cli} (commands), {@code app}
 * (putting it together, and the demo). May depend on every other module.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node;
