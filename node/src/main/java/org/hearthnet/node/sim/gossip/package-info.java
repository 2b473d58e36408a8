/**
 * Gossipsub in a network of a thousand peers, in one process and on virtual time: the routers are those that nodes run; links,
 * churn and attackers are simulated. One seed decides everything about a run. May depend on {@code p2p.gossipsub} and {@code
 * p2p}.
 */
@NullMarked
package org.hearthnet.node.sim.gossip;

import org.jspecify.annotations.NullMarked;
