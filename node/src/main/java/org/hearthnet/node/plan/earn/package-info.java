/**
 * What a machine would earn: a ledger's recent prices and load against what the machine can do and draws. Pure. May depend on
 * {@code node.plan}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.plan.earn;
