package org.hearthnet.node.service.plan;

import org.hearthnet.genesis.primitive.Amount;

/** What a mining node does for its own account. */
public sealed interface Chore {
    /** Asks the faucet for the first credits, without which no transaction can be paid for. */
    record AskFaucet() implements Chore {}

    /** Says that it holds the whole model, so that it is drawn as a verifier. */
    record Register() implements Chore {}

    /** Stakes credits. */
    record PostBond(Amount amount) implements Chore {}

    /** Frees what has matured. */
    record Withdraw() implements Chore {}

    /** Claims the receipts of the stages it ran. */
    record Claim() implements Chore {}

    /** Kinds of chores; one of each kind is under way at a time. */
    enum Kind {
        /** {@link AskFaucet}. */
        ASK_FAUCET,
        /** {@link Register}. */
        REGISTER,
        /** {@link PostBond}. */
        POST_BOND,
        /** {@link Withdraw}. */
        WITHDRAW,
        /** {@link Claim}. */
        CLAIM
    }

    /** Its kind. */
    default Kind kind() {
        return switch (this) {
            case AskFaucet faucet -> Kind.ASK_FAUCET;
            case Register register -> Kind.REGISTER;
            case PostBond bond -> Kind.POST_BOND;
            case Withdraw withdraw -> Kind.WITHDRAW;
            case Claim claim -> Kind.CLAIM;
        };
    }
}
