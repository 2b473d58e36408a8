package org.hearthnet.genesis.arithmetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {
    /** The known answers of the Random123 library. */
    @Test
    void philoxGivesThePublishedAnswers() {
        int[] zeros = {0, 0, 0, 0};
        Philox.block(zeros, 0, 0);
        assertArrayEquals(new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, zeros);
        int[] ones = {-1, -1, -1, -1};
        Philox.block(ones, -1, -1);
        assertArrayEquals(new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, ones);
        int[] pi = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};
        Philox.block(pi, 0xa4093822, 0x299f31d0);
        assertArrayEquals(new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}, pi);
    }

    @Test
    void exponentialIsAccurate() {
        long seed = 3;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            float x = random.nextFloat() * 175f - 87f;
            double exact = StrictMath.exp(x);
            assertTrue(Math.abs(Exponential.exp(x) - exact) <= 2 * Math.ulp((float) exact), () -> "x " + x);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f, -1e30f, Float.MAX_VALUE})
    void poisonIsRefusedEverywhere(float bad) {
        assertFalse(Poison.isSound(bad));
        float[] x = new float[32];
        x[31] = bad;
        float[] ones = new float[32];
        java.util.Arrays.fill(ones, 1f);
        byte[] f32 = new byte[128];
        for (int i = 2; i < f32.length; i += 4) {
            f32[i] = (byte) 0x80;
            f32[i + 1] = 0x3F;
        }
        assertThrows(PoisonException.class, () -> BlockQuantizer.quantize(x, 0, new byte[32], 0));
        assertThrows(PoisonException.class, () -> MatrixRow.apply(WeightFormat.Q8_0, x, new byte[34]));
        assertThrows(PoisonException.class, () -> MatrixRow.apply(WeightFormat.F32, x, f32));
        assertThrows(PoisonException.class, () -> RmsNorm.apply(x, 0, 32, ones, 1e-5f, new float[32], 0));
        assertThrows(PoisonException.class, () -> Attention.score(x, ones, 1f));
        assertThrows(PoisonException.class, () -> Attention.weights(x));
        assertThrows(PoisonException.class, () -> Attention.mix(ones, x));
        assertThrows(PoisonException.class, () -> Elementwise.gated(bad, 0f));
        assertThrows(PoisonException.class, () -> Elementwise.residual(bad, 0f));
        assertThrows(PoisonException.class, () -> Half.round(bad, "x"));
        assertThrows(
                PoisonException.class,
                () -> Rope.rotate(RopeParameters.plain(RopeLayout.INTERLEAVED, 32, 10_000f), x, 0, 0));
        assertThrows(PoisonException.class, () -> Sampler.sample(x, SamplerParameters.GREEDY, 0, 0));
    }

    @Test
    void halvesThatDoNotFitArePoison() {
        assertEquals((short) 0x7BFF, Half.round(65_519.996f, "x"));
        assertThrows(PoisonException.class, () -> Half.round(65_520f, "x"));
        assertThrows(PoisonException.class, () -> Half.round(-1e20f, "x"));
    }

    @Test
    void weightScalesThatAreNotFiniteArePoison() {
        byte[] row = new byte[34];
        row[1] = 0x7C;
        assertThrows(PoisonException.class, () -> MatrixRow.apply(WeightFormat.Q8_0, new float[32], row));
        assertThrows(PoisonException.class, () -> EmbeddingRow.read(WeightFormat.Q8_0, row, new float[32], 0));
    }

    @Test
    void rowsOfAnotherLengthAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> MatrixRow.apply(WeightFormat.Q8_0, new float[32], new byte[33]));
        assertThrows(
                IllegalArgumentException.class, () -> MatrixRow.apply(WeightFormat.Q8_0, new float[33], new byte[34]));
        assertThrows(
                IllegalArgumentException.class, () -> MatrixRow.apply(WeightFormat.F16, new float[2], new byte[5]));
        assertThrows(
                IllegalArgumentException.class, () -> MatrixRow.apply(WeightFormat.F32, new float[2], new byte[9]));
    }

    @Test
    void samplerSettingsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new SamplerParameters(Float.NaN, 0, 1f));
        assertThrows(IllegalArgumentException.class, () -> new SamplerParameters(-1f, 0, 1f));
        assertThrows(IllegalArgumentException.class, () -> new SamplerParameters(1f, -1, 1f));
        assertThrows(IllegalArgumentException.class, () -> new SamplerParameters(1f, 0, 0f));
        assertThrows(IllegalArgumentException.class, () -> new SamplerParameters(1f, 0, 1.1f));
    }

    /** Over many positions the frequencies are those of the softmax. */
    @Test
    void samplingFollowsTheDistribution() {
        float[] logits = {0f, (float) Math.log(2), (float) Math.log(5)};
        int[] counts = new int[3];
        int draws = 80_000;
        for (int position = 0; position < draws; position++) {
            counts[Sampler.sample(logits, new SamplerParameters(1f, 0, 1f), 99, position)]++;
        }
        double[] expected = {draws / 8.0, draws / 4.0, draws * 5 / 8.0};
        for (int i = 0; i < 3; i++) {
            assertEquals(expected[i], counts[i], 5 * Math.sqrt(expected[i]));
        }
    }
}
