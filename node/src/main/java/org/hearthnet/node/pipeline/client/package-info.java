/** The payer's side of a job: request, plan, escrow, vouchers, failover. May depend on {@code plan} and {@code wire}. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.pipeline.client;
