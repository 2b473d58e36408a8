package org.hearthnet.node.service.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.hearthnet.inference.exec.ResidualFilter;
import org.hearthnet.node.pipeline.TestKeys;
import org.junit.jupiter.api.Test;

class PlantedFaultTest {
    private static final Hash32 JOB = Hashing.in("test").add(1).finish();
    private static final Shape TEN_TOKENS = Shape.plain(1, 32, 1, 1, 32, 32, 8, 10, 1e-5f, 10_000f, 4);

    private static PlantedFault fault(String text) {
        return new PlantedFault(Fault.parse(text), TestKeys.key(1));
    }

    @Test
    void strikesAtAboutItsShareAndAlwaysAtTheSamePlaces() {
        PlantedFault fault = fault("skip-layer:0.1");
        PlantedFault restarted = fault("skip-layer:0.1");
        PlantedFault another = new PlantedFault(Fault.parse("skip-layer:0.1"), TestKeys.key(2));
        int strikes = 0;
        int different = 0;
        for (int layer = 0; layer < 10; layer++) {
            for (int position = 0; position < 1000; position++) {
                boolean here = fault.strikes(JOB, layer, position);
                assertEquals(here, restarted.strikes(JOB, layer, position));
                strikes += here ? 1 : 0;
                different += here != another.strikes(JOB, layer, position) ? 1 : 0;
            }
        }
        assertTrue(strikes > 850 && strikes < 1150, strikes + " of 10000 at a share of 0.1");
        assertTrue(different > 1000, "another key strikes elsewhere");
    }

    @Test
    void skippingPassesTheInputOn() {
        ResidualFilter filter = fault("skip-layer:1").filter(JOB);
        float[] in = {1, 2, 3, 4};
        float[] out = {5, 6, 7, 8};
        filter.apply(0, 0, in, out, 1, 2);
        assertArrayEquals(new float[] {5, 2, 3, 8}, out);
    }

    @Test
    void flippingChangesOneBitAndKeepsValuesFinite() {
        ResidualFilter filter = fault("flip-bit:1").filter(JOB);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int position = 0; position < 1000; position++) {
            float[] before = new float[8];
            for (int i = 0; i < before.length; i++) {
                before[i] = random.nextFloat() * 100 - 50;
            }
            float[] after = before.clone();
            filter.apply(3, position, new float[8], after, 2, 4);
            int bits = 0;
            for (int i = 0; i < before.length; i++) {
                assertTrue(Float.isFinite(after[i]));
                int changed = Float.floatToRawIntBits(before[i]) ^ Float.floatToRawIntBits(after[i]);
                assertTrue(changed == 0 || i >= 2 && i < 6, "outside its range");
                bits += Integer.bitCount(changed);
            }
            assertEquals(1, bits);
        }
    }

    @Test
    void aWrongTokenIsAnotherAndNeverTheEnd() {
        PlantedFault fault = fault("wrong-token:1");
        for (int drawn = 0; drawn < 10; drawn++) {
            int sent = fault.token(JOB, drawn, drawn, TEN_TOKENS);
            assertNotEquals(drawn, sent);
            assertNotEquals(4, sent);
            assertTrue(sent >= 0 && sent < 10);
        }
        assertEquals(7, fault("skip-layer:1").token(JOB, 0, 7, TEN_TOKENS));
    }

    @Test
    void aFaultDoesOneThingOnly() {
        assertSame(ResidualFilter.NONE, fault("wrong-token:1").filter(JOB));
        assertSame(ResidualFilter.NONE, fault("no-serve:1").filter(JOB));
        assertTrue(fault("no-serve:1").withholds(JOB));
        assertFalse(fault("skip-layer:1").withholds(JOB));
        assertFalse(fault("no-serve:1").strikes(JOB, 0, 0));
        assertFalse(fault("flip-bit:1").liesAt(JOB, 0));
    }

    @Test
    void faultsAreReadOrRefused() {
        assertEquals(new Fault(Fault.Kind.FLIP_BIT, 0.5), Fault.parse("flip-bit:0.5"));
        for (String wrong :
                List.of("", "flip-bit", "flip-bit:", "flip-bit:0", "flip-bit:2", "flip-bit:NaN", "sleep:1")) {
            assertThrows(IllegalArgumentException.class, () -> Fault.parse(wrong), wrong);
        }
    }
}
