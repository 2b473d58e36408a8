package org.hearthnet.ledger.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Committees under faults. A failure names its seed; {@code ConsensusSim.run(seed)} is the same run again. */
class ConsensusSimTest {
    /** Runs of every build; more by {@code ./hearth sim consensus}. */
    private static final long RUNS = 500;

    @Test
    void committeesStaySafeAndRecover() {
        List<SimResult> results =
                LongStream.range(0, RUNS).mapToObj(ConsensusSim::run).toList();
        List<SimResult> bad = results.stream().filter(r -> !r.isGood()).toList();
        assertEquals(List.of(), bad);
        long grown = results.stream().filter(r -> r.faultyHeight() > 1).count();
        assertTrue(grown > RUNS / 2, "only " + grown + " chains grew at all under faults: the faults hide everything");
        // Every fourth run has seats by bond, whose weights are parts of a million; those of genesis are small.
        long changed = results.stream()
                .filter(r -> r.cast().matches(".*[0-9]{5}.*@.*"))
                .count();
        assertTrue(changed > RUNS / 20, "only " + changed + " committees changed at all");
    }

    @Test
    void oneSeedIsOneRun() {
        Set<Long> traces = new HashSet<>();
        for (long seed = 1000; seed < 1010; seed++) {
            SimResult first = ConsensusSim.run(seed);
            assertEquals(first, ConsensusSim.run(seed), "seed " + seed);
            traces.add(first.trace());
        }
        assertEquals(10, traces.size(), "other seeds are other runs");
        assertNotEquals(0, traces.iterator().next());
    }

    @Test
    void everyConductTakesPart() {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            Cast.random(new Dice(seed), Seams.NONE)
                    .machines
                    .forEach(machine -> seen.add(machine.conduct().toString()));
        }
        for (String name : List.of(
                "Silent",
                "Late",
                "BeaconWithholder",
                "WrongStateRoot",
                "ConflictingProposer",
                "Equivocator",
                "Twin",
                "FutureClock",
                "Garbler")) {
            assertTrue(seen.contains(name) && seen.contains("Deserter(" + name + ")"), name + " in " + seen);
        }
    }
}
