package org.hearthnet.node.sim.economy;

import java.util.stream.IntStream;
import org.hearthnet.genesis.rules.Detection.Shares;

/**
 * Very many nodes by the aggregate model: one life for each executor, honest or of a strategy that takes its turn, with a third of each
 * share in one hand.
 *
 * @param nodes all nodes
 * @param executors executors among them
 * @param honestBondsLost honest executors that lost their bond
 * @param honestSilences penalties for silence that honest ones paid
 * @param cheats executors that were not honest
 * @param cheatsConvicted those of them that lost their bond
 * @param checkingShare device time spent on checking, of all device time, thousandths
 */
public record Region(
        int nodes,
        int executors,
        int honestBondsLost,
        int honestSilences,
        int cheats,
        int cheatsConvicted,
        double checkingShare) {
    /** One in this many nodes executes. */
    private static final int NODES_PER_EXECUTOR = 5;

    /** One in this many executors is not honest. */
    private static final int EXECUTORS_PER_CHEAT = 20;

    /** Lives them all. Those that begin with an empty record stand for the churn: one in ten. */
    public static Region of(int nodes, BestResponse.Effort effort) {
        var conducts = Strategies.all().stream()
                .filter(s -> s.kind() == Strategy.Kind.EXECUTOR)
                .flatMap(s -> s.variants().stream())
                .toList();
        int executors = nodes / NODES_PER_EXECUTOR;
        Life.Outcome[] lives = new Life.Outcome[executors];
        Shares third = new Shares(Bound.STATED, Bound.STATED, Bound.STATED);
        IntStream.range(0, executors).parallel().forEach(i -> {
            Conduct conduct = i % EXECUTORS_PER_CHEAT == 0
                    ? conducts.get(i / EXECUTORS_PER_CHEAT % conducts.size())
                    : Conduct.HONEST;
            int record = i % 10 == 1 ? 0 : effort.parameters().auditRecord() * 5;
            Life.Start start = new Life.Start(effort.parameters().minimumBond(), record, effort.epochs());
            Shares shares = i % EXECUTORS_PER_CHEAT == 0 ? third : Shares.NONE;
            lives[i] = Life.run(effort.parameters(), effort.market(), shares, conduct, start, effort.seed() + i);
        });
        return count(nodes, lives, effort);
    }

    private static Region count(int nodes, Life.Outcome[] lives, BestResponse.Effort effort) {
        int lost = 0;
        int silences = 0;
        int convicted = 0;
        long checks = 0;
        for (int i = 0; i < lives.length; i++) {
            boolean cheat = i % EXECUTORS_PER_CHEAT == 0;
            convicted += cheat && lives[i].convicted() ? 1 : 0;
            lost += !cheat && lives[i].convicted() ? 1 : 0;
            silences += cheat ? 0 : lives[i].silences();
            checks += cheat ? 0 : lives[i].checks();
        }
        int cheats = (lives.length + EXECUTORS_PER_CHEAT - 1) / EXECUTORS_PER_CHEAT;
        double executed = (double) (lives.length - cheats)
                * effort.epochs()
                * effort.market().receipts()
                * effort.market().execution();
        double checked = (double) checks * effort.market().checking();
        return new Region(
                nodes, lives.length, lost, silences, cheats, convicted, Conduct.FULL * checked / (checked + executed));
    }
}
