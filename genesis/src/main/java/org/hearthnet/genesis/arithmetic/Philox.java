package org.hearthnet.genesis.arithmetic;

/**
 * Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011): the number for a position does not depend on the numbers before it.
 */
public final class Philox {
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private Philox() {}

    /**
     * Uniform in [0, 1) with 24 bits: the upper bits of the first output word for counter (position, 0, 0, 0) and key
     * (low half of seed, high half of seed).
     */
    public static float uniform(long seed, int position) {
        int[] counter = {position, 0, 0, 0};
        block(counter, (int) seed, (int) (seed >>> 32));
        return (counter[0] >>> 8) * 0x1p-24f;
    }

    /** Replaces a counter of four words by the generator's output for it. */
    public static void block(int[] counter, int key0, int key1) {
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (counter[0] & 0xFFFFFFFFL);
            long product1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (counter[2] & 0xFFFFFFFFL);
            int first = (int) (product1 >>> 32) ^ counter[1] ^ k0;
            int third = (int) (product0 >>> 32) ^ counter[3] ^ k1;
            counter[0] = first;
            counter[1] = (int) product1;
            counter[2] = third;
            counter[3] = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
    }
}
