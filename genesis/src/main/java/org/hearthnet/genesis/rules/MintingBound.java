package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/** What may be minted at all, and when nothing may. */
public final class MintingBound {
    /** No verifier may have more than one in this many parts of the weight. */
    public static final int LARGEST_PART = 3;

    private MintingBound() {}

    /** The most that is ever minted for checking a batch with {@code fees}: what it burned. */
    public static Amount most(Parameters parameters, Amount fees) {
        return FeeSplit.of(parameters, fees).burned();
    }

    /**
     * What paying {@code fees} to oneself costs at least, whoever is drawn: everything burned and minted again goes round at best,
     * and of both that and the audit fees a hand gets its share of the verifiers' weight.
     *
     * @param verifiers the hand's share, thousandths
     */
    public static Amount costOfSelfDealing(Parameters parameters, Amount fees, int verifiers) {
        FeeSplit split = FeeSplit.of(parameters, fees);
        Amount checking = split.duty().plus(split.burned());
        return checking.minus(checking.fraction(verifiers, AuditRate.FULL));
    }

    /**
     * Whether a range is checked by enough independent hands: fewer verifiers than the network demands, or one above a third of the
     * weight, mint nothing. A network that asks for fewer than three verifiers cannot ask for thirds.
     */
    public static boolean isIndependent(Parameters parameters, int verifiers, long largest, long total) {
        boolean thirds =
                parameters.minimumVerifiers() < LARGEST_PART || Math.multiplyExact(largest, LARGEST_PART) <= total;
        return verifiers >= parameters.minimumVerifiers() && thirds;
    }
}
