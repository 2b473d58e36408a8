/**
 * multistream-select 1.0: two sides agree on a protocol by proposing names (<a
 * href="https://github.com/multiformats/multistream-select">multistream-select</a>). Used on the bare connection and
 * again on every stream.
 *
 * <p>May depend on {@code p2p} and {@code p2p.wire}.
 */
@NullMarked
package org.hearthnet.node.p2p.select;

import org.jspecify.annotations.NullMarked;
