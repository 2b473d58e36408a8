package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;

/**
 * A back end. Batches are row-major arrays: row r of a batch of width n starts at r * n; arrays may be longer than the
 * batch. Results do not depend on batch size, row ranges or threads, bit for bit. Every method checks that what it
 * yields is sound and throws {@link PoisonException} otherwise. One kernel may be used by one caller at a time.
 */
public interface Kernel extends AutoCloseable {
    /** A short name for people, such as {@code vector-512}. */
    String name();

    /** The rows that the kernel computes together; row ranges should start at multiples of it. */
    int rowTile();

    /**
     * Copies a weight matrix into the kernel's own layout.
     *
     * @throws GgufException if a weight is infinite or NaN
     */
    PreparedMatrix prepare(GgufTensor tensor) throws GgufException;

    /**
     * Wraps a batch of vectors for {@link #matmul}; it is read during the calls, not copied, and quantised once at need.
     *
     * @param x [rows][columns]
     */
    Activations activations(float[] x, int rows, int columns);

    /**
     * {@code out[r][i] = weights[i] . x[r]} for {@code fromRow <= i < toRow}; other elements of {@code out} stay.
     *
     * @param out [x.rows()][weights.rows()]
     */
    void matmul(PreparedMatrix weights, Activations x, float[] out, int fromRow, int toRow);

    /** All rows. */
    default void matmul(PreparedMatrix weights, Activations x, float[] out) {
        matmul(weights, x, out, 0, weights.rows());
    }

    /** RMSNorm of each row of {@code x} into {@code out}; {@code weight} has [columns]. */
    void rmsNorm(float[] x, int rows, int columns, float[] weight, float epsilon, float[] out);

    /**
     * Rotates every head of every row in place.
     *
     * @param x [rows][heads * headDim]
     * @param positions [rows]
     */
    void rope(float[] x, int rows, int heads, int headDim, RopeTable table, int[] positions);

    /**
     * Attention of each row's queries to the cached positions 0 to {@code positions[r]} of {@code caches[r]}.
     *
     * @param q [rows][heads * headDim]
     * @param out [rows][heads * headDim]
     */
    void attention(AttentionShape shape, float[] q, int rows, KvLayer[] caches, int[] positions, float[] out);

    /** {@code out = silu(gate) * up} for the first {@code length} elements; {@code out} may be an input. */
    void gated(float[] gate, float[] up, float[] out, int length);

    /** {@code out = a + b} for the first {@code length} elements; {@code out} may be an input. */
    void add(float[] a, float[] b, float[] out, int length);

    /** {@code x[r][i] += bias[i]} for [rows][bias.length]. */
    void addBias(float[] x, int rows, float[] bias);

    @Override
    void close();
}
