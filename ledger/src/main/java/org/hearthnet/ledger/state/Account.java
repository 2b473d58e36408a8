package org.hearthnet.ledger.state;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.genesis.spec.Parameters;

/**
 * What the ledger knows of one key.
 *
 * @param nonce transactions made
 * @param balance free credits
 * @param stake credits at risk
 * @param vesting earned fees that wait: the sum over the account's batches
 * @param standing record and faults
 * @param earnings what was earned for which work, since ever
 * @param claims its batches
 * @param holdings models registered
 * @param faucetUsed whether the faucet has given
 */
public record Account(
        long nonce,
        Amount balance,
        Stake stake,
        Amount vesting,
        Standing standing,
        Earnings earnings,
        Claims claims,
        int holdings,
        boolean faucetUsed) {
    /** Most unbondings that wait at one time. */
    public static final int MAX_UNBONDINGS = 16;

    /** An account that nobody has heard of. */
    public static final Account EMPTY = new Account(
            0,
            Amount.ZERO,
            new Stake(Amount.ZERO, Amount.ZERO, List.of()),
            Amount.ZERO,
            new Standing(0, 0, 0, 0, 0, 0, false),
            new Earnings(Amount.ZERO, Amount.ZERO, Amount.ZERO, Amount.ZERO, Amount.ZERO),
            new Claims(0, 0, -1),
            0,
            false);

    /**
     * Credits at risk.
     *
     * @param bond the bond
     * @param frozen bond of a convicted account, on its way to be divided
     * @param unbonding on its way back
     */
    public record Stake(
            Amount bond,
            Amount frozen,
            @Limit(MAX_UNBONDINGS) List<Unbonding> unbonding) {
        /** Everything that can be slashed. */
        public Amount slashable() {
            return bond.plus(waiting());
        }

        /** The sum of the unbondings. */
        public Amount waiting() {
            return unbonding.stream().map(Unbonding::amount).reduce(Amount.ZERO, Amount::plus);
        }
    }

    /**
     * Part of a bond on its way back.
     *
     * @param amount how much
     * @param epoch from when on it can be withdrawn
     */
    public record Unbonding(Amount amount, long epoch) {}

    /**
     * Record and faults.
     *
     * @param reputation agreed duties, as verifier or executor
     * @param record the executor's drawn-and-agreed receipts since its last fault; sets its audit rate
     * @param strikes duties that ended in different tags or a dismissed accusation
     * @param silences receipts it could not serve or answer for, or confessed
     * @param missed duties it let pass as a verifier
     * @param convictions how often it was convicted
     * @param banned whether its key is banned
     */
    public record Standing(
            int reputation, int record, int strikes, int silences, int missed, int convictions, boolean banned) {
        /** One more strike. */
        public Standing struck() {
            return new Standing(reputation, record, strikes + 1, silences, missed, convictions, banned);
        }

        /** One more missed duty. */
        public Standing missedOne() {
            return new Standing(reputation, record, strikes, silences, missed + 1, convictions, banned);
        }

        /** Another reputation. */
        public Standing withReputation(int value) {
            return new Standing(value, record, strikes, silences, missed, convictions, banned);
        }

        /** Another record. */
        public Standing withRecord(int value) {
            return new Standing(reputation, value, strikes, silences, missed, convictions, banned);
        }
    }

    /**
     * Totals since ever, for reports; they hold no credits.
     *
     * @param execution fees vested for executing
     * @param verification paid out of the duty pool
     * @param minted minted for verifying
     * @param finding shares of slashed bonds
     * @param lost forfeited, refunded or burned
     */
    public record Earnings(Amount execution, Amount verification, Amount minted, Amount finding, Amount lost) {
        /** More for executing. */
        public Earnings executed(Amount amount) {
            return new Earnings(execution.plus(amount), verification, minted, finding, lost);
        }

        /** More for verifying. */
        public Earnings verified(Amount pool, Amount mint) {
            return new Earnings(execution, verification.plus(pool), minted.plus(mint), finding, lost);
        }

        /** More for finding errors. */
        public Earnings found(Amount amount) {
            return new Earnings(execution, verification, minted, finding.plus(amount), lost);
        }

        /** More lost. */
        public Earnings lostMore(Amount amount) {
            return new Earnings(execution, verification, minted, finding, lost.plus(amount));
        }
    }

    /**
     * Batches of an executor.
     *
     * @param waiting claimed and not yet withdrawn or forfeited
     * @param open those whose checking has not ended
     * @param lastEpoch epoch of the last one, -1 for none
     */
    public record Claims(int waiting, int open, long lastEpoch) {
        /** Another number of open batches. */
        public Claims withOpen(int value) {
            return new Claims(waiting, value, lastEpoch);
        }

        /** Another number of waiting batches. */
        public Claims withWaiting(int value) {
            return new Claims(value, open, lastEpoch);
        }
    }

    /** The role that the record gives this account. */
    public Role role(Parameters parameters) {
        return Role.of(
                parameters, stake.bond(), standing.reputation(), standing.convictions(), standing.banned(), holdings);
    }

    /** All credits of the account. */
    public Amount total() {
        return balance.plus(stake.slashable()).plus(stake.frozen()).plus(vesting);
    }

    /** Another balance. */
    public Account withBalance(Amount value) {
        return new Account(nonce, value, stake, vesting, standing, earnings, claims, holdings, faucetUsed);
    }

    /** More balance. */
    public Account credit(Amount amount) {
        return withBalance(balance.plus(amount));
    }

    /** Another nonce. */
    public Account withNonce(long value) {
        return new Account(value, balance, stake, vesting, standing, earnings, claims, holdings, faucetUsed);
    }

    /** Another stake. */
    public Account withStake(Stake value) {
        return new Account(nonce, balance, value, vesting, standing, earnings, claims, holdings, faucetUsed);
    }

    /** Another sum of vesting fees. */
    public Account withVesting(Amount value) {
        return new Account(nonce, balance, stake, value, standing, earnings, claims, holdings, faucetUsed);
    }

    /** Another standing. */
    public Account withStanding(Standing value) {
        return new Account(nonce, balance, stake, vesting, value, earnings, claims, holdings, faucetUsed);
    }

    /** Other totals. */
    public Account withEarnings(Earnings value) {
        return new Account(nonce, balance, stake, vesting, standing, value, claims, holdings, faucetUsed);
    }

    /** Other counts of batches. */
    public Account withClaims(Claims value) {
        return new Account(nonce, balance, stake, vesting, standing, earnings, value, holdings, faucetUsed);
    }

    /** Another number of holdings. */
    public Account withHoldings(int value) {
        return new Account(nonce, balance, stake, vesting, standing, earnings, claims, value, faucetUsed);
    }

    /** After the faucet has given. */
    public Account withFaucetUsed() {
        return new Account(nonce, balance, stake, vesting, standing, earnings, claims, holdings, true);
    }
}
