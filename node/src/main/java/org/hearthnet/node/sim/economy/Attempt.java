package org.hearthnet.node.sim.economy;

/**
 * Something that the rules must stop, tried for real.
 *
 * @param strategy whose attempt it is
 * @param what what was tried
 * @param outcome what the ledger said or did
 * @param stopped whether it failed, or cost more than it could bring
 */
public record Attempt(String strategy, String what, String outcome, boolean stopped) {}
