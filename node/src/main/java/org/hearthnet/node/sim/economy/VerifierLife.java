package org.hearthnet.node.sim.economy;

import java.util.SplittableRandom;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.rules.Detection.Shares;
import org.hearthnet.genesis.rules.Reputation;
import org.hearthnet.genesis.rules.VerifierWeight;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.node.sim.economy.Conduct.Finding;

/** The aggregate model of a verifier among honest executors: it is drawn as often as its weight says. */
final class VerifierLife {
    /** Duties an epoch at the full weight of a newcomer, thousandths. */
    private static final int DUTIES = 500;

    private VerifierLife() {}

    /** Lives one life; {@code caughtAfter} counts duties not done until the first strike. */
    static Life.Outcome run(Parameters p, Market market, Shares shares, Conduct conduct, Life.Start start, long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        Amount fee = market.fee(p, start.bond());
        long full = VerifierWeight.of(p, Amount.ZERO, p.graduationReputation(), false);
        int reputation = 0;
        long money = 0;
        int idle = 0;
        int caught = -1;
        for (int epoch = 0; epoch < start.epochs(); epoch++) {
            long weight = VerifierWeight.of(p, Amount.ZERO, reputation, false);
            if (dice.nextLong(Conduct.FULL * full) >= DUTIES * weight) {
                continue;
            }
            Finding finding = conduct.check(true, false, dice);
            switch (finding) {
                case AGREE -> {
                    reputation = Reputation.agreed(reputation);
                    Wave wave = wave(p, market, fee, epoch);
                    money += wave.reward(p, p.auditFloor()) - market.checkingCost(fee);
                }
                case COPY, GUESS, DIFFER -> {
                    idle++;
                    caught = caught < 0 ? idle : caught;
                    // A second opinion of its own ring would differ too; the dispute then clears the executor all the
                    // same.
                    reputation = finding == Finding.DIFFER ? Reputation.dismissed(reputation) : reputation;
                }
                case NOT_SERVED, ABSENT -> idle++;
            }
        }
        return new Life.Outcome(money, idle, caught, false, 0, 0);
    }

    private static Wave wave(Parameters p, Market market, Amount fee, int epoch) {
        var jobs = java.util.Collections.nCopies(market.receipts(), new Wave.Job(true, false));
        return new Wave(p, org.hearthnet.genesis.primitive.Hash32.ZERO, fee, p.auditFloor(), epoch, jobs);
    }
}
