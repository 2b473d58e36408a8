/** Tests of the libp2p stack; unmarked, as JUnit fills fields in its own time. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.p2p;
