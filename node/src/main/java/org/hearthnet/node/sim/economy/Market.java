package org.hearthnet.node.sim.economy;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.rules.Exposure;
import org.hearthnet.genesis.spec.Parameters;

/**
 * What work is worth and costs, in thousandths. Fees are as large as the exposure cap of a veteran with the longest record, which is best
 * for cheats.
 *
 * @param receipts receipts of an executor an epoch
 * @param utilisation fee of a receipt, of the exposure cap
 * @param execution cost of honest execution, of the fee: what a cheat can save at most
 * @param checking cost of checking, of the fee: one batched pass instead of token after token
 */
public record Market(int receipts, int utilisation, int execution, int checking) {
    /** What the report uses. */
    public static final Market TYPICAL = new Market(4, 1000, 600, 60);

    /** The same with fewer receipts, for towns. */
    public static final Market SMALL = new Market(2, 1000, 600, 60);

    /** The fee of a receipt: what the lowest audit rate allows, so that it does not depend on the record. */
    public Amount fee(Parameters parameters, Amount bond) {
        return Exposure.largestFee(parameters, bond, parameters.auditFloor()).fraction(utilisation, Conduct.FULL);
    }

    /** Cost of executing at {@code part} thousandths of honest work. */
    public long executionCost(Amount fee, int part) {
        return fee.fraction(execution, Conduct.FULL)
                .fraction(part, Conduct.FULL)
                .sparks();
    }

    /** Cost of checking. */
    public long checkingCost(Amount fee) {
        return fee.fraction(checking, Conduct.FULL).sparks();
    }
}
