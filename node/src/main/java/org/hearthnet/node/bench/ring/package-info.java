/**
 * A pipeline of rate-limited stages in network namespaces, measured and held against what the cost model predicts. The stages
 * are real layers behind the real network stack; there are no jobs, receipts or payments. May depend on {@code p2p},
 * inference, {@code plan} and {@code app}'s processes.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.bench.ring;
