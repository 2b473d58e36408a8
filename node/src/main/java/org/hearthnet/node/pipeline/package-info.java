/**
 * Jobs: the market where clients meet executors, the stages that run a model's layers in a ring, prepaid intervals, and
 * what an executor keeps until nobody may ask any more.
 *
 * <p>Rooms: {@code wire} (messages), {@code market} (requests and offers), {@code plan} (pure: who runs which layers, when
 * is paid), {@code stage} (the executor's side), {@code store} (its journal and claims), {@code client} (the payer's side),
 * {@code text} (jobs in text), {@code ledger} (the port on this node's chain). May depend on {@code p2p}, {@code genesis},
 * {@code inference} and {@code verifier}; the ledger is reached through {@link LedgerPort} only.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline;
