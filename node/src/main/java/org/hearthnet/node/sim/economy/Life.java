package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.rules.AuditRate;
import org.hearthnet.genesis.rules.Detection.Shares;
import org.hearthnet.genesis.rules.Draw;
import org.hearthnet.genesis.rules.Penalty;
import org.hearthnet.genesis.rules.Reputation;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.node.sim.economy.Conduct.Finding;
import org.hearthnet.node.sim.economy.Conduct.Work;

/**
 * The aggregate model: one executor among so many nodes that only shares matter. Fees, rates, draws, rewards and penalties are those of
 * {@code genesis.rules}; of the ledger it repeats the order in which a drawn receipt's case goes on. A second opinion and a leader are
 * of its ring with the probability that its shares say.
 */
final class Life {
    /** Draws for one receipt, as on the ledger. */
    private static final int ATTEMPTS = 6;

    private static final int NOT_SERVED_LIMIT = 3;
    /** Turns that a ring's leaders can give up in a row before honest ones must have had theirs. */
    private static final int MOST_TURNS = 8;

    private final Parameters p;
    private final Market market;
    private final Shares shares;
    private final Conduct conduct;
    private final SplittableRandom dice;
    private final long seed;
    private final List<Wave> waiting = new ArrayList<>();
    private Amount bond;
    private int record;
    private int silences;
    private int idleUntil;
    private boolean convicted;
    private long money;
    private int wrong;
    private int checks;
    private int wrongWhenCaught = -1;

    /**
     * What became of it.
     *
     * @param gain what it has more than at the beginning, less its costs, sparks
     * @param wrong wrong receipts it made
     * @param caughtAfter wrong receipts that it had made when one was first found, -1 if none was
     * @param convicted whether it lost its bond
     * @param silences how often it paid for silence
     * @param checks how often a receipt was computed again
     */
    record Outcome(long gain, int wrong, int caughtAfter, boolean convicted, int silences, int checks) {}

    private Life(Parameters p, Market market, Shares shares, Conduct conduct, Start start, long seed) {
        this.p = p;
        this.market = market;
        int friends = Math.min(Conduct.FULL, shares.verifiers() + conduct.addedVerifiers());
        this.shares = new Shares(friends, shares.opinions(), shares.committee());
        this.conduct = conduct;
        this.bond = start.bond;
        this.record = start.record;
        this.seed = seed;
        this.dice = new SplittableRandom(seed);
    }

    /**
     * Where a life begins, and how long it is.
     *
     * @param bond its bond
     * @param record agreed receipts before
     * @param epochs epochs with work
     */
    record Start(Amount bond, int record, int epochs) {}

    /** Lives one life. */
    static Outcome run(Parameters p, Market market, Shares shares, Conduct conduct, Start start, long seed) {
        return new Life(p, market, shares, conduct, start, seed).run(start);
    }

    private Outcome run(Start start) {
        int end = start.epochs + p.vestingEpochs() + 2;
        Wave last = null;
        for (int epoch = 0; epoch < end; epoch++) {
            boolean online = conduct.isOnline(dice);
            if (last != null && !convicted) {
                draw(last, epoch, online);
            }
            release(epoch);
            last = epoch < start.epochs && online && !convicted && epoch >= idleUntil
                    ? work(epoch, start.epochs)
                    : null;
        }
        long gain = money - (start.bond.sparks() - bond.sparks());
        return new Outcome(gain, wrong, wrongWhenCaught, convicted, silences, checks);
    }

    private Wave work(int epoch, int epochs) {
        int rate = AuditRate.thousandths(p, record);
        Amount fee = market.fee(p, bond);
        List<Wave.Job> jobs = new ArrayList<>();
        for (int i = 0; i < market.receipts(); i++) {
            Work work = conduct.work(new Conduct.Situation(epoch, epochs, rate), dice);
            money -= market.executionCost(fee, work.cost());
            wrong += work.right() ? 0 : 1;
            jobs.add(new Wave.Job(work.right(), false));
        }
        for (int i = 0; i < conduct.ownReceipts(); i++) {
            money -= market.executionCost(fee, conduct.ownCost()) + fee.sparks();
            jobs.add(new Wave.Job(true, true));
        }
        Hash32 id = Hashing.in("hearth/sim-batch/1").add(seed).add(epoch).finish();
        Wave wave = new Wave(p, id, fee, rate, (long) epoch + p.vestingEpochs(), jobs);
        waiting.add(wave);
        return wave;
    }

    private void release(int epoch) {
        waiting.removeIf(wave -> {
            boolean mature = wave.release <= epoch;
            money += mature ? wave.vesting.sparks() : 0;
            return mature;
        });
    }

    private void draw(Wave wave, int epoch, boolean online) {
        int rate = Math.max(wave.claimRate, AuditRate.thousandths(p, record));
        Hash32 beacon = beacon(wave, epoch, rate);
        for (int i = 0; i < wave.jobs.size() && !convicted; i++) {
            if (Draw.isDrawn(beacon, wave.id, i, rate)) {
                check(wave, i, rate, beacon, online);
            }
        }
    }

    /** The beacon of the draw: a leader of the ring gives up its turn if one of the ring's wrong receipts goes to a stranger. */
    private Hash32 beacon(Wave wave, int epoch, int rate) {
        for (int turn = 0; ; turn++) {
            Hash32 beacon = Hashing.in("hearth/sim-beacon/1")
                    .add(seed)
                    .add(epoch)
                    .add(turn)
                    .finish();
            boolean ours = conduct.rerolls() && dice.nextInt(Conduct.FULL) < shares.committee();
            if (!ours || turn == MOST_TURNS || !isBad(beacon, wave, rate)) {
                return beacon;
            }
        }
    }

    private boolean isBad(Hash32 beacon, Wave wave, int rate) {
        for (int i = 0; i < wave.jobs.size(); i++) {
            if (!wave.jobs.get(i).right() && Draw.isDrawn(beacon, wave.id, i, rate) && !isFriend(beacon, wave, i, 0)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the verifier drawn is of the ring: the real draw between the ring's weight and all others'. */
    private boolean isFriend(Hash32 beacon, Wave wave, int index, int attempt) {
        long[] weights = {shares.verifiers(), Conduct.FULL - shares.verifiers()};
        return Draw.verifier(beacon, wave.id, index, attempt, weights) == 0;
    }

    private void check(Wave wave, int index, int rate, Hash32 beacon, boolean online) {
        Wave.Job job = wave.jobs.get(index);
        int notServed = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            boolean friend = isFriend(beacon, wave, index, attempt);
            Finding finding = finding(job.right(), friend, online);
            checks += finding == Finding.AGREE || finding == Finding.DIFFER ? 1 : 0;
            switch (finding) {
                case AGREE, COPY -> {
                    agreed(wave, rate, friend, finding, online);
                    return;
                }
                case DIFFER -> {
                    accused(wave, rate);
                    return;
                }
                case NOT_SERVED -> {
                    if (++notServed >= NOT_SERVED_LIMIT) {
                        silence(wave, rate);
                        return;
                    }
                }
                case GUESS, ABSENT -> {} // another is drawn
            }
        }
    }

    private Finding finding(boolean right, boolean friend, boolean online) {
        if (!online || !conduct.serves(right, friend)) {
            return Finding.NOT_SERVED;
        }
        if (friend) {
            return conduct.check(right, true, dice);
        }
        if (!right && conduct.bribes()) {
            // What the verifier gives up: the finder's share of the bond.
            money -= bond.fraction(p.finderShare(), Conduct.FULL).sparks() + 1;
            return Finding.COPY;
        }
        return right ? Finding.AGREE : Finding.DIFFER;
    }

    private void agreed(Wave wave, int rate, boolean friend, Finding finding, boolean online) {
        if (!online) {
            silence(wave, rate);
            return;
        }
        long reward = wave.reward(p, rate);
        if (friend) {
            money += reward - (finding == Finding.AGREE ? market.checkingCost(wave.fee) : 0);
        }
        record = Reputation.agreed(record);
    }

    private void accused(Wave wave, int rate) {
        switch (conduct.plea()) {
            case CONFESS -> silence(wave, rate);
            case SELF_REPORT -> convict(Penalty.reportShare(p));
            case DEFEND -> {
                if (dice.nextInt(Conduct.FULL) < shares.opinions()) {
                    record = Reputation.agreed(record); // the second opinion is a friend's: dismissed
                } else {
                    convict(0);
                }
            }
        }
    }

    private void caught() {
        if (wrongWhenCaught < 0 && wrong > 0) {
            wrongWhenCaught = wrong;
        }
    }

    private void convict(int backShare) {
        caught();
        convicted = true;
        waiting.clear(); // forfeited
        money += bond.fraction(backShare, Conduct.FULL).sparks();
        bond = Amount.ZERO;
    }

    private void silence(Wave wave, int rate) {
        caught();
        Amount due = wave.fee.plus(Penalty.silence(wave.fee, rate));
        due = due.minus(take(wave, due));
        for (Wave other : waiting) {
            due = due.minus(take(other, due));
        }
        bond = bond.minus(due.min(bond));
        record = 0;
        silences++;
        if (silences % Reputation.SILENCES == 0) {
            idleUntil = Integer.MAX_VALUE; // a newcomer again: it has to earn the bar anew
        }
        if (bond.compareTo(p.minimumBond()) < 0) {
            topUp();
        }
    }

    private static Amount take(Wave from, Amount due) {
        Amount part = from.vesting.min(due);
        from.vesting = from.vesting.minus(part);
        return part;
    }

    /** Who falls under the minimum bond fills it up, to go on; what it has put in is lost or not by what happens next. */
    private void topUp() {
        Amount missing = p.minimumBond().minus(bond);
        money -= missing.sparks();
        bond = p.minimumBond();
    }
}
