package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.arithmetic.Rope;
import org.hearthnet.genesis.arithmetic.RopeParameters;

/** RoPE over a batch. Pairs are too few beside the matrices to be worth vectorising, so all CPU kernels share this. */
final class RopeLoop {
    private RopeLoop() {}

    static void apply(float[] x, int heads, int headDim, RopeTable table, Positions positions) {
        for (int r = 0; r < positions.count(); r++) {
            row(x, heads, headDim, table, positions, r);
        }
    }

    /** Row {@code r} only. */
    static void row(float[] x, int heads, int headDim, RopeTable table, Positions positions, int r) {
        int position = positions.at(r);
        RopeTable.Prefix prefix = table.upTo(position);
        int tableAt = position * (table.parameters().dimensions() / 2);
        for (int head = 0; head < heads; head++) {
            rotate(x, (r * heads + head) * headDim, table.parameters(), prefix, tableAt);
        }
    }

    private static void rotate(float[] x, int offset, RopeParameters rope, RopeTable.Prefix table, int tableAt) {
        for (int i = 0; i < rope.dimensions() / 2; i++) {
            int first = offset + rope.layout().first(i);
            int second = offset + rope.layout().second(i, rope.dimensions());
            float a = x[first];
            float b = x[second];
            float cosine = table.cosines()[tableAt + i];
            float sine = table.sines()[tableAt + i];
            x[first] = Poison.check(Rope.first(a, b, cosine, sine), "rotated element");
            x[second] = Poison.check(Rope.second(a, b, cosine, sine), "rotated element");
        }
    }
}
