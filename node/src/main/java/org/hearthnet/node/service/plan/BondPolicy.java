package org.hearthnet.node.service.plan;

import org.hearthnet.genesis.primitive.Amount;

/** Whether a node stakes credits to become a veteran. */
public sealed interface BondPolicy {
    /** Never. */
    record None() implements BondPolicy {}

    /** What the network demands. */
    record Auto() implements BondPolicy {}

    /** This much; more lets a node claim larger fees. */
    record Exactly(Amount amount) implements BondPolicy {}

    /**
     * Reads {@code auto}, {@code none} or credits with up to six decimals.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static BondPolicy parse(String text) {
        return switch (text) {
            case "none" -> new None();
            case "auto" -> new Auto();
            default -> new Exactly(amount(text));
        };
    }

    private static Amount amount(String text) {
        try {
            var sparks =
                    new java.math.BigDecimal(text).multiply(java.math.BigDecimal.valueOf(Amount.SPARKS_PER_CREDIT));
            return Amount.of(sparks.longValueExact());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("a bond is auto, none or an amount of credits, not " + text, e);
        }
    }

    /** The wanted bond on a network that demands {@code minimum}. */
    default Amount wanted(Amount minimum) {
        return switch (this) {
            case None none -> Amount.ZERO;
            case Auto auto -> minimum;
            case Exactly exactly -> exactly.amount();
        };
    }
}
