/** The strategies, one a file: what a node does where it could lie. May depend on {@code genesis} and the simulator's own records. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.sim.economy.strategy;
