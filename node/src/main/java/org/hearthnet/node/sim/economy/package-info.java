/**
 * The economy simulator: what lies earn under the real rules. {@code Town} lives on the ledger's real transition function, node by node;
 * {@code Life} is the same for one node among very many, fast enough for surfaces; each is checked against the other. All chance
 * comes from a seed. May depend on {@code genesis} and {@code ledger}, on nothing else of the node.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.sim.economy;
