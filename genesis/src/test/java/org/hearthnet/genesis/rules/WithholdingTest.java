package org.hearthnet.genesis.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a leader gains that lets turns pass when it does not like its beacon. */
class WithholdingTest {
    @Test
    void anEighthOfTheTurnsAndOneAreFree() {
        assertEquals(1 + 300 / 80, Withholding.freeTurns(300, 10));
        assertEquals(1, Withholding.freeTurns(8, 4), "an outage of one turn never costs anything");
        assertEquals(0, Withholding.reputation(0));
        assertEquals(6, Withholding.reputation(7));
    }

    /**
     * Whoever withholds only where it is free turns over at most 1 / 8n + 1 / E of all beacons (n seats, E blocks an epoch), and
     * each of those is as likely to be worse as before. With more it loses its seat, and with it every turn.
     */
    @Test
    void whoStaysWithinTheFreeTurnsGainsLittle() {
        long seed = Long.getLong("hearth.seed", System.nanoTime());
        System.out.println("WithholdingTest seed " + seed);
        Random random = new Random(seed);
        int seats = 10;
        int epochBlocks = 300;
        int epochs = 3000;
        long liked = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            int free = Withholding.freeTurns(epochBlocks, seats);
            for (int block = 0; block < epochBlocks; block++) {
                boolean good = random.nextBoolean();
                if (!good && block % seats == 0 && free > 0) {
                    free--;
                    good = random.nextBoolean(); // the next leader's
                }
                liked += good ? 1 : 0;
            }
        }
        long blocks = (long) epochs * epochBlocks;
        double gain = (double) liked / blocks - 0.5;
        double bound = 0.5 * (1.0 / (8 * seats) + 1.0 / epochBlocks);
        double fiveSigma = 5 * 0.5 / Math.sqrt(blocks);
        assertTrue(gain < bound + fiveSigma, "seed " + seed + ": " + gain + " over " + bound);
        assertTrue(bound < 0.009, "under one draw in a hundred");
    }
}
