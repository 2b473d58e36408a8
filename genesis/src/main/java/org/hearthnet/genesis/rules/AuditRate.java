package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.spec.Parameters;

/** How many of an executor's receipts are checked, in thousandths. */
public final class AuditRate {
    /** Every receipt. */
    public static final int FULL = 1000;

    private AuditRate() {}

    /**
     * The rate for an executor with {@code record} drawn-and-agreed receipts since its last fault: everything at first,
     * halved with every {@link Parameters#auditRecord()} of them, never under {@link Parameters#auditFloor()}.
     */
    public static int thousandths(Parameters parameters, int record) {
        int halvings = record / parameters.auditRecord();
        int rate = halvings >= Integer.SIZE - 1 ? 0 : FULL >> halvings;
        return Math.max(rate, parameters.auditFloor());
    }
}
