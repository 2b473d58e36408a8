/**
 * The host: listens and dials by TCP, secures and multiplexes each connection, keeps the limits, and serves streams.
 *
 * <p>May depend on all of {@code p2p} but {@code gossipsub} and {@code bench}.
 */
@NullMarked
package org.hearthnet.node.p2p.host;

import org.jspecify.annotations.NullMarked;
