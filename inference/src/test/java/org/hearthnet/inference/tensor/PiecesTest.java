package org.hearthnet.inference.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.BlockQuantizer;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private static final int BLOCKS = 64;
    private static final int COLUMNS = BLOCKS * Arithmetic.BLOCK;

    @Property(tries = 2_000)
    void whatArrivesQuantisesToTheSame(@ForAll long seed) {
        float[] x = vector(new Random(seed));
        float[] arrived = new float[COLUMNS + 7];
        Pieces.QUANTISED.read(Pieces.QUANTISED.write(x, 1, COLUMNS), arrived, 1, 0, new Slice(7, COLUMNS + 7));
        byte[] expected = new byte[Arithmetic.BLOCK];
        byte[] actual = new byte[Arithmetic.BLOCK];
        for (int at = 0; at < COLUMNS; at += Arithmetic.BLOCK) {
            float scale = BlockQuantizer.quantize(x, at, expected, 0);
            float again = BlockQuantizer.quantize(arrived, 7 + at, actual, 0);
            assertEquals(Float.floatToRawIntBits(scale), Float.floatToRawIntBits(again), "scale at " + at);
            assertArrayEquals(expected, actual, "block at " + at);
        }
    }

    /** Blocks of any magnitude, with ties, zeros and numbers whose scale is subnormal. */
    private static float[] vector(Random random) {
        float[] x = new float[COLUMNS];
        for (int at = 0; at < COLUMNS; at += Arithmetic.BLOCK) {
            float size = (float) Math.scalb(1 + random.nextDouble(), random.nextInt(225) - 135);
            for (int i = at; i < at + Arithmetic.BLOCK; i++) {
                x[i] = switch (random.nextInt(4)) {
                    case 0 -> size * (random.nextInt(255) - 127) / 127f;
                    case 1 -> random.nextBoolean() ? 0f : -0f;
                    case 2 -> size * (random.nextInt(509) - 254) / 254f;
                    default -> size * (2 * random.nextFloat() - 1);
                };
            }
        }
        return x;
    }

    @Test
    void plainIsBitForBit() {
        float[] x = {1f, -0f, Float.MIN_VALUE, -9.5e29f};
        float[] arrived = new float[8];
        Pieces.PLAIN.read(Pieces.PLAIN.write(x, 2, 2), arrived, 2, 4, new Slice(1, 3));
        assertArrayEquals(new float[] {0, 1f, -0f, 0, 0, Float.MIN_VALUE, -9.5e29f, 0}, arrived);
    }

    @Test
    void poisonIsNotTakenFromAnybody() {
        byte[] nan = {0, 0, (byte) 0xc0, 0x7f};
        assertThrows(PoisonException.class, () -> Pieces.PLAIN.read(nan, new float[1], 1, 1, new Slice(0, 1)));
        byte[] block = new byte[Float.BYTES + Arithmetic.BLOCK];
        System.arraycopy(nan, 0, block, 0, nan.length);
        assertThrows(PoisonException.class, () -> Pieces.QUANTISED.read(block, new float[32], 1, 32, new Slice(0, 32)));
    }
}
