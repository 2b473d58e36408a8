/**
 * The two small protocols every libp2p peer speaks: identify (who are you, where do you listen, what do you support)
 * and ping.
 *
 * <p>May depend on {@code p2p} and {@code p2p.wire}.
 */
@NullMarked
package org.hearthnet.node.p2p.identify;

import org.jspecify.annotations.NullMarked;
