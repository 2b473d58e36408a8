/**
 * A libp2p stack by the <a href="https://github.com/libp2p/specs">specifications</a>: this package is the interface
 * that programs use (hosts, connections, streams, names and addresses); the rooms below implement it.
 *
 * <p>It would stand alone as a library: it knows nothing of the rest of this project and depends on the JDK and
 * Bouncy Castle (Ed25519) only. The way through the rooms is {@code wire <- p2p <- select, noise, yamux, identify <-
 * host <- gossipsub, bench}. Blocking calls are meant for virtual threads, and every one of them takes a {@link
 * org.hearthnet.node.p2p.Deadline}.
 */
@NullMarked
package org.hearthnet.node.p2p;

import org.jspecify.annotations.NullMarked;
