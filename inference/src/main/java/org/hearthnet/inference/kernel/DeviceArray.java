package org.hearthnet.inference.kernel;

/**
 * Floats in the memory of the kernel that allocated them, and usable with that kernel only. A device computes behind the
 * caller's back: {@link #read} waits for everything that was asked of the kernel before. Freed with the kernel, or
 * earlier by {@link #close}.
 */
public interface DeviceArray extends AutoCloseable {
    /** Number of floats. */
    int length();

    /**
     * Copies {@code length} floats from {@code from[offset..]} to place {@code at}; {@code from} may be changed afterwards.
     *
     * @throws IndexOutOfBoundsException if either end is outside
     */
    void write(int at, float[] from, int offset, int length);

    /**
     * Copies {@code length} floats from place {@code at} to {@code to[offset..]}.
     *
     * @throws IndexOutOfBoundsException if either end is outside
     * @throws org.hearthnet.genesis.arithmetic.PoisonException as {@link Kernel#finish}
     */
    void read(int at, float[] to, int offset, int length);

    /** A copy of the first {@code count} floats, see {@link #read}. */
    default float[] read(int count) {
        float[] out = new float[count];
        read(0, out, 0, count);
        return out;
    }

    @Override
    void close();
}
