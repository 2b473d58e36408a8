package org.hearthnet.inference.kernel;

import java.util.Arrays;

/**
 * Working memory of one {@link VectorKernel}, kept from product to product and grown to the largest so far. New arrays of
 * megabytes for every product of a prompt would be garbage that makes the heap grow to whatever it may have. What a
 * product left in an array stays there: whoever takes one fills all that it reads.
 */
final class Scratch {
    /** An array that grows. */
    static final class Floats {
        private float[] values = new float[0];

        /** An array of at least {@code length} elements of any content; the one given out before is given out again. */
        float[] atLeast(int length) {
            if (values.length < length) {
                values = new float[length];
            }
            return values;
        }
    }

    final Floats quants = new Floats();
    final Floats scales = new Floats();
    final Floats sums = new Floats();
    final Floats packedQuants = new Floats();
    /** Apart from the quants: matrices of both kinds may take turns with one batch. */
    final Floats packedPlain = new Floats();

    final Floats packedScales = new Floats();
    final Floats packedSums = new Floats();

    /** Sums of {@link VectorGemm}, one array of each thread of the pool. */
    private final Floats[] gemm;

    /** For a pool of {@code threads} threads. */
    Scratch(int threads) {
        gemm = new Floats[threads];
        Arrays.setAll(gemm, i -> new Floats());
    }

    /** The array for the sums that thread {@code worker} works on. */
    float[] gemmSums(int worker, int length) {
        return gemm[worker].atLeast(length);
    }
}
