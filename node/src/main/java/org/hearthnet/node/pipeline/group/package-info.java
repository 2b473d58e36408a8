/**
 * Machines of one owner that run a stage together: one leads, which is the node that the network knows; the others are its
 * workers. May depend on {@code p2p}, {@code genesis} and {@code inference}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline.group;
