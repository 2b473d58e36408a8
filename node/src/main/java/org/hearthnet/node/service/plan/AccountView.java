package org.hearthnet.node.service.plan;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.state.Account;

/**
 * A mining node's account after a block.
 *
 * @param parameters the network's numbers
 * @param fee what a transaction of the next block pays
 * @param faucetGives whether there is a faucet with something in it
 * @param nextEpoch the epoch that the next block is in
 * @param account the account
 * @param holdsWhole whether it is registered for all layers of its model
 * @param matured whether some fee or unbonding can be withdrawn
 * @param receipts whether there are receipts to claim
 */
public record AccountView(
        Parameters parameters,
        Amount fee,
        boolean faucetGives,
        long nextEpoch,
        Account account,
        boolean holdsWhole,
        boolean matured,
        boolean receipts) {}
