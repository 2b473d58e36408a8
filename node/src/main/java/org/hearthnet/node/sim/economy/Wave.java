package org.hearthnet.node.sim.economy;

import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.rules.DutyReward;
import org.hearthnet.genesis.rules.FeeSplit;
import org.hearthnet.genesis.spec.Parameters;

/** A claimed batch in the aggregate model: its receipts and the credits that hang on it, as {@code Batch} on the ledger. */
final class Wave {
    final Hash32 id;
    final Amount fee;
    final int claimRate;
    final long release;
    final List<Job> jobs;
    Amount vesting;
    private Amount dutyLeft;
    private Amount mintLeft;

    /**
     * A receipt.
     *
     * @param right whether its result is right
     * @param own whether the executor paid itself
     */
    record Job(boolean right, boolean own) {}

    Wave(Parameters p, Hash32 id, Amount fee, int claimRate, long release, List<Job> jobs) {
        this.id = id;
        this.fee = fee;
        this.claimRate = claimRate;
        this.release = release;
        this.jobs = List.copyOf(jobs);
        FeeSplit split = FeeSplit.of(p, fee.times(jobs.size()));
        this.vesting = split.executor();
        this.dutyLeft = split.duty();
        this.mintLeft = split.burned();
    }

    /** Pays for one agreed duty. */
    long reward(Parameters p, int rate) {
        DutyReward reward = DutyReward.of(p, fee, rate, dutyLeft, mintLeft);
        dutyLeft = dutyLeft.minus(reward.fromPool());
        mintLeft = mintLeft.minus(reward.minted());
        return reward.total().sparks();
    }
}
