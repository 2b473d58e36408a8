package org.hearthnet.node.sim.economy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.rules.Chance;
import org.hearthnet.genesis.rules.Detection;
import org.hearthnet.genesis.rules.Detection.Shares;
import org.hearthnet.genesis.rules.Draw;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many wrong receipts it takes until one is found: the real draw against ln(0.1)/ln(1-p) and ln(0.01)/ln(1-p). */
class DetectionTimeTest {
    private static final int RUNS = 3000;
    private static final long SEED = 11; // hashes of it are the only chance: the same on every machine

    private static int wrongUntilDrawn(int run, int rate) {
        Hash32 batch = Hashing.in("test-batch").add(SEED).add(run).finish();
        for (int wrong = 1; ; wrong++) {
            Hash32 beacon = Hashing.in("test-beacon").add(SEED).add(wrong).finish();
            if (Draw.isDrawn(beacon, batch, wrong % 256, rate)) {
                return wrong;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 100, 250, 500})
    void theRealDrawFindsAsFastAsTheFormula(int rate) {
        int[] times = new int[RUNS];
        for (int run = 0; run < RUNS; run++) {
            times[run] = wrongUntilDrawn(run, rate);
        }
        long chance = Detection.perReceipt(rate, Shares.NONE, 1000);
        for (double confidence : new double[] {0.9, 0.99}) {
            double exact = Math.log(1 - confidence) / Math.log1p(-rate / 1000.0);
            long n = Detection.receiptsUntil(chance, Math.round(confidence * Chance.ONE));
            assertEquals(Math.ceil(exact - 1e-6), n, 1, "the formula");
            // The share found after n receipts, with its 99.99 % interval.
            double expected = 1 - Math.pow(1 - rate / 1000.0, n);
            double found = Arrays.stream(times).filter(t -> t <= n).count() / (double) RUNS;
            double half = 3.9 * Math.sqrt(expected * (1 - expected) / RUNS);
            assertEquals(expected, found, half, "found within " + n + " at " + rate);
        }
    }
}
