package org.hearthnet.inference.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.hearthnet.genesis.arithmetic.EmbeddingRow;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizerTest {
    private static final int COLUMNS = 512;

    /** The root mean square of the error, over that of the numbers. */
    private static double bound(WeightFormat format) {
        return switch (format) {
            case F32 -> 0;
            case F16 -> 0.0003;
            case BF16 -> 0.003;
            case Q8_0 -> 0.008;
            case Q6_K -> 0.025;
            case Q5_K -> 0.05;
            case Q4_K, Q4_0 -> 0.11;
        };
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void whatIsReadIsCloseToWhatWasGiven(WeightFormat format) {
        var random = new Random(5);
        double error = 0;
        double total = 0;
        for (int round = 0; round < 20; round++) {
            float[] x = new float[COLUMNS];
            for (int i = 0; i < COLUMNS; i++) {
                x[i] = (float) random.nextGaussian() * (1 + i % 7);
            }
            float[] y = new float[COLUMNS];
            EmbeddingRow.read(format, Quantizer.row(format, x), y, 0);
            for (int i = 0; i < COLUMNS; i++) {
                error += (y[i] - x[i]) * (double) (y[i] - x[i]);
                total += x[i] * (double) x[i];
            }
        }
        double ratio = Math.sqrt(error / total);
        assertTrue(ratio <= bound(format), () -> format + ": " + ratio);
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void zerosStayZeros(WeightFormat format) {
        float[] y = new float[COLUMNS];
        EmbeddingRow.read(format, Quantizer.row(format, new float[COLUMNS]), y, 0);
        for (float each : y) {
            assertTrue(each == 0, () -> "not a zero: " + each);
        }
    }
}
