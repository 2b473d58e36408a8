package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.store.Holdings;
import org.hearthnet.ledger.tree.NaiveTree;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random schedules of honest and hostile accounts; after every block the supply is counted. One seed repeats a run. */
class SimulationTest {
    private static long seed() {
        long seed = Long.getLong("hearth.seed", System.nanoTime());
        System.out.println("SimulationTest: -Dhearth.seed=" + seed);
        return seed;
    }

    @Test
    void supplyAndIndexesHoldUnderAnySchedule() {
        run(seed(), 300);
    }

    @Test
    @Tag("long")
    void supplyAndIndexesHoldUnderManySchedules() {
        long seed = seed();
        for (int i = 0; i < 20; i++) {
            run(seed + i, 500);
        }
    }

    private static void run(long seed, int blocks) {
        RandomNetwork network = new RandomNetwork(seed);
        for (int i = 0; i < blocks; i++) {
            network.step();
            checkIndexes(network);
        }
        String what = "seed " + seed + ": " + network.summary();
        System.out.println(what);
        assertTrue(network.accepted() > 2L * blocks && network.refused() > blocks, what);
    }

    /** Queues, indexes and counters say the same as the records themselves. */
    private static void checkIndexes(RandomNetwork network) {
        network.network().chain().read(view -> {
            Map<Hash32, Integer> open = new HashMap<>();
            Map<Duty.Phase, Integer> phases = new EnumMap<>(Duty.Phase.class);
            int[] count = new int[3];
            Holdings.forEach(view.state(), Tables.DUTIES, (key, duty) -> {
                phases.merge(duty.phase(), 1, Integer::sum);
                if (duty.phase() != Duty.Phase.CLOSED && !duty.isSecondOpinion()) {
                    open.merge(duty.batch(), 1, Integer::sum);
                }
                count[0] += duty.phase() != Duty.Phase.CLOSED && duty.phase() != Duty.Phase.OPINION ? 1 : 0;
                count[1] += duty.phase() != Duty.Phase.CLOSED ? 2 : 0;
            });
            Holdings.forEach(
                    view.state(),
                    Tables.BATCHES,
                    (key, batch) -> assertEquals(
                            open.getOrDefault(batch.id(), 0), batch.checking().openReceipts()));
            Holdings.forEach(view.state(), Tables.DEADLINES, (key, m) -> count[2]++);
            assertEquals(count[0], count[2], "one deadline for each duty that waits: " + phases);
            int[] indexed = new int[2];
            Holdings.forEach(view.state(), Tables.OPEN_DUTIES, (key, m) -> indexed[0]++);
            assertEquals(count[1], indexed[0], "every open duty is indexed for both sides");
            Holdings.forEach(view.state(), Tables.DISPUTES, (key, d) -> indexed[1]++);
            assertEquals(phases.getOrDefault(Duty.Phase.DISPUTE, 0), indexed[1], "open disputes");
            return true;
        });
    }

    @Test
    void aReplayGivesTheSameRoots() {
        RandomNetwork network = new RandomNetwork(seed());
        for (int i = 0; i < 60; i++) {
            network.step();
        }
        var chain = network.network().chain();
        var again = org.hearthnet.ledger.TestNetwork.start(chain.rules().spec());
        for (long h = 1; h <= chain.height(); h++) {
            var result = again.chain().tryAppend(chain.store().sealed(h).orElseThrow());
            assertTrue(result instanceof org.hearthnet.ledger.store.Chain.Appended.Accepted, result.toString());
        }
        assertEquals(chain.tip(), again.chain().tip());
        assertEquals(NaiveTree.root(again.chain().store().state()), chain.tip().stateRoot());
    }
}
