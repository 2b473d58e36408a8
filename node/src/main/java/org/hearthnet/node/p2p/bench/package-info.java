/** Measures the stack on the loopback interface; nothing else uses it. May depend on {@code p2p.host}. */
@NullMarked
package org.hearthnet.node.p2p.bench;

import org.jspecify.annotations.NullMarked;
