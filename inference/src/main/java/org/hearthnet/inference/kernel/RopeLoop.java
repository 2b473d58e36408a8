package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.arithmetic.Rope;

/** RoPE over a batch. Pairs are too few beside the matrices to be worth vectorising, so all CPU kernels share this. */
final class RopeLoop {
    private RopeLoop() {}

    static void apply(float[] x, int rows, int heads, int headDim, RopeTable table, int[] positions) {
        int half = table.dimensions() / 2;
        for (int r = 0; r < rows; r++) {
            RopeTable.Prefix prefix = table.upTo(positions[r]);
            int tableAt = positions[r] * half;
            for (int head = 0; head < heads; head++) {
                rotate(x, (r * heads + head) * headDim, half, prefix.cosines(), prefix.sines(), tableAt);
            }
        }
    }

    private static void rotate(float[] x, int offset, int half, float[] cosines, float[] sines, int tableAt) {
        for (int i = 0; i < half; i++) {
            float a = x[offset + 2 * i];
            float b = x[offset + 2 * i + 1];
            float cosine = cosines[tableAt + i];
            float sine = sines[tableAt + i];
            x[offset + 2 * i] = Poison.check(Rope.first(a, b, cosine, sine), "rotated element");
            x[offset + 2 * i + 1] = Poison.check(Rope.second(a, b, cosine, sine), "rotated element");
        }
    }
}
