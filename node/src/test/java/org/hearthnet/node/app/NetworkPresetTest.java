package org.hearthnet.node.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;
import org.junit.jupiter.api.Test;

class NetworkPresetTest {
    @Test
    void earnings_and_bonds_wait_longer_than_the_longest_dispute() {
        for (Parameters p : List.of(NetworkPreset.demo(), NetworkPreset.real())) {
            long longest = NetworkPreset.longestDisputeBlocks(p);
            assertTrue((long) p.vestingEpochs() * p.epochBlocks() > longest);
            assertTrue((long) p.unbondingEpochs() * p.epochBlocks() > longest);
        }
    }

    @Test
    void single_numbers_can_be_set() {
        Parameters p = NetworkPreset.with(NetworkPreset.demo(), Map.of("minimumBond", "2.5", "epochBlocks", "16"));
        assertEquals(Amount.of(2_500_000), p.minimumBond());
        assertEquals(16, p.epochBlocks());
        assertEquals(NetworkPreset.demo().dutyBlocks(), p.dutyBlocks());
        assertEquals(NetworkPreset.demo(), NetworkPreset.with(NetworkPreset.demo(), Map.of()));
    }

    @Test
    void what_makes_no_sense_is_refused_with_the_name() {
        assertTrue(refusal("epochBlock", "1").contains("epochBlocks"));
        assertTrue(refusal("epochBlocks", "x").contains("epochBlocks"));
        assertTrue(refusal("epochBlocks", "0").contains("positive"));
        assertTrue(refusal("minimumBond", "-1").contains("-1"));
        assertTrue(refusal("minimumBond", "0.0000001").contains("six decimals"));
        assertTrue(refusal("minimumBond", "1e30").contains("1e30"));
    }

    private static String refusal(String name, String value) {
        Parameters demo = NetworkPreset.demo();
        return String.valueOf(assertThrows(
                        IllegalArgumentException.class, () -> NetworkPreset.with(demo, Map.of(name, value)))
                .getMessage());
    }
}
