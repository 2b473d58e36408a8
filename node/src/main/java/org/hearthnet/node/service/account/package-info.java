/**
 * A mining node's own account: holdings, bond, claims, withdrawals; and the last look at a receipt before it is claimed. May
 * depend on {@code service.plan}, {@code chain}, {@code pipeline} and {@code verifier}.
 */
@org.jspecify.annotations.NullMarked
package org.hearthnet.node.service.account;
