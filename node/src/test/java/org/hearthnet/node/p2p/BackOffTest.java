package org.hearthnet.node.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void doublesUpToItsLimitAndStartsAgain() {
        BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofMillis(350), () -> 1.0);
        for (int expected : new int[] {100, 200, 350, 350}) {
            assertEquals(Duration.ofMillis(expected), backOff.next());
        }
        backOff.reset();
        assertEquals(Duration.ofMillis(100), backOff.next());
    }

    @Test
    void chanceTakesUpToAHalf() {
        BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofMillis(100), () -> 0.0);
        assertEquals(Duration.ofMillis(50), backOff.next());
        assertThrows(IllegalArgumentException.class, () -> new BackOff(Duration.ZERO, Duration.ofMillis(1), () -> 0.0));
    }
}
