package org.hearthnet.ledger.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Finality takes a proposal, a notarization and a finalization: three delays of the network. */
class GoodPathTest {
    @Test
    void aHundredMembersFinalizeInThreeDelays() {
        assertEquals(List.of(300L, 300L, 300L), GoodPath.finalityMs(100, 100, 3));
    }

    @Test
    void aFewAreNoFaster() {
        assertEquals(List.of(30L, 30L), GoodPath.finalityMs(4, 10, 2));
    }
}
