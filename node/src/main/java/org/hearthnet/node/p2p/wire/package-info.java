/**
 * Byte-level encodings of libp2p: unsigned varints, base58btc, and a small strict protobuf reader and writer.
 *
 * <p>Pure functions over arrays and buffers; depends on the JDK only. Everything read here is hostile until it has
 * been bounded and checked, and every refusal is a {@link org.hearthnet.node.p2p.wire.WireException}.
 */
@NullMarked
package org.hearthnet.node.p2p.wire;

import org.jspecify.annotations.NullMarked;
