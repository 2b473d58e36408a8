/**
 * A whole committee in one thread: production members, chains and journals on a virtual clock, network and disk. One seed
 * decides everything, so a run that fails can be run again, event for event. See
 * {@link org.hearthnet.ledger.sim.ConsensusSim}. May depend on everything in {@code ledger} but {@code ledger.rocksdb}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.ledger.sim;
