package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;

/**
 * A back end. Data lives in the kernel's own memory, see {@link DeviceArray}. Batches are row-major: row r of a batch of
 * width n starts at r * n; arrays may be longer than the batch. Results do not depend on batch size, row ranges or
 * threads, bit for bit. Operations happen in the order of the calls; one kernel may be used by one caller at a time.
 *
 * <p>Every operation checks that what it yields is sound. A kernel on the CPU throws {@link PoisonException} at once; a
 * device goes on with whatever it has and throws at the next {@link #finish} or read. After poison, arrays and caches
 * that were written since the last {@link #start} are undefined.
 */
public interface Kernel extends AutoCloseable {
    /** A short name for people, such as {@code vector-512}. */
    String name();

    /** The rows that the kernel computes together; row ranges should start at multiples of it. */
    int rowTile();

    /**
     * Copies a weight matrix into the kernel's memory and layout.
     *
     * @throws GgufException if a weight is infinite or NaN
     * @throws DeviceMemoryException if the device has no room
     */
    PreparedMatrix prepare(GgufTensor tensor) throws GgufException;

    /**
     * An array of zeros.
     *
     * @throws DeviceMemoryException if the device has no room
     */
    DeviceArray allocate(int length);

    /** An array with a copy of {@code values}. */
    default DeviceArray allocate(float[] values) {
        DeviceArray array = allocate(values.length);
        array.write(0, values, 0, values.length);
        return array;
    }

    /** An empty cache for a layer with heads of {@code shape}. */
    KvLayer newKvLayer(AttentionShape shape);

    /** Begins a series of operations: poison that nobody has asked for is forgotten. */
    default void start() {}

    /**
     * Waits for everything that was asked of the kernel.
     *
     * @throws PoisonException if something since {@link #start} was NaN, infinite or too large
     */
    default void finish() {}

    /**
     * Wraps a batch of vectors for {@link #matmul}; it is read during the calls, not copied, and quantised once at need. It
     * serves until the next batch is wrapped.
     *
     * @param x [rows][columns], not to be changed before the last of these calls
     */
    Activations activations(DeviceArray x, int rows, int columns);

    /**
     * {@code out[r][i] = weights[i] . x[r]} for {@code fromRow <= i < toRow}; other elements of {@code out} stay.
     *
     * @param out [x.rows()][weights.rows()]
     */
    void matmul(PreparedMatrix weights, Activations x, DeviceArray out, int fromRow, int toRow);

    /** All rows. */
    default void matmul(PreparedMatrix weights, Activations x, DeviceArray out) {
        matmul(weights, x, out, 0, weights.rows());
    }

    /** RMSNorm of each row of {@code x} into {@code out}, which may be {@code x}; {@code weight} has [columns]. */
    void rmsNorm(DeviceArray x, int rows, int columns, DeviceArray weight, float epsilon, DeviceArray out);

    /**
     * Rotates every head of every row in place.
     *
     * @param x [positions.count()][heads * headDim]
     */
    void rope(DeviceArray x, int heads, int headDim, RopeTable table, Positions positions);

    /**
     * Rounds rotated keys and values to fp16 and stores those of row r at {@code positions.at(r)} of {@code caches[r]},
     * which has the page.
     *
     * @param keys [positions.count()][kvHeads * headDim]
     * @param values as {@code keys}
     */
    void store(KvLayer[] caches, Positions positions, DeviceArray keys, DeviceArray values);

    /**
     * Attention of each row's queries to the cached positions 0 to {@code positions.at(r)} of {@code caches[r]}.
     *
     * @param q [positions.count()][heads * headDim]
     * @param out as {@code q}
     */
    void attention(AttentionShape shape, DeviceArray q, KvLayer[] caches, Positions positions, DeviceArray out);

    /** {@code out = silu(gate) * up} for the first {@code length} elements; {@code out} may be an input. */
    void gated(DeviceArray gate, DeviceArray up, DeviceArray out, int length);

    /** {@code out = a + b} for the first {@code length} elements; {@code out} may be an input. */
    void add(DeviceArray a, DeviceArray b, DeviceArray out, int length);

    /** {@code x[r][i] += bias[i]} for [rows][bias.length()]. */
    void addBias(DeviceArray x, int rows, DeviceArray bias);

    /** {@code out[i] = x[rows[i]]} for rows of {@code width}; {@code out} is another array than {@code x}. */
    void gather(DeviceArray x, int[] rows, int width, DeviceArray out);

    @Override
    void close();
}
