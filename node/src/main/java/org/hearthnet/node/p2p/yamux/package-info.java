/**
 * yamux 1.0.0: many flow-controlled streams over one secured channel (<a
 * href="https://github.com/hashicorp/yamux/blob/master/spec.md">yamux specification</a>, <a
 * href="https://github.com/libp2p/specs/blob/master/yamux/README.md">libp2p yamux</a>).
 *
 * <p>One thread reads and one writes for a session. What is buffered is bounded: received bytes by the window, which
 * is given back only as the application reads; bytes to send by a buffer for each stream; control frames by small
 * queues whose overflow ends the session. Streams with something to send take turns.
 *
 * <p>May depend on {@code p2p} and {@code p2p.wire}.
 */
@NullMarked
package org.hearthnet.node.p2p.yamux;

import org.jspecify.annotations.NullMarked;
