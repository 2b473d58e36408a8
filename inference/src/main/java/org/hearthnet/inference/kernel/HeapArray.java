package org.hearthnet.inference.kernel;

/** An array of the kernels that run on the CPU: their operations work on {@link #values} itself. */
final class HeapArray implements DeviceArray {
    private final float[] values;

    HeapArray(int length) {
        this.values = new float[length];
    }

    /** The floats behind an array of a CPU kernel. */
    static float[] values(DeviceArray array) {
        return ((HeapArray) array).values;
    }

    /** {@link Kernel#gather}. */
    static void gather(DeviceArray x, int[] rows, int width, DeviceArray out) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values(x), rows[i] * width, values(out), i * width, width);
        }
    }

    @Override
    public int length() {
        return values.length;
    }

    @Override
    public void write(int at, float[] from, int offset, int length) {
        System.arraycopy(from, offset, values, at, length);
    }

    @Override
    public void read(int at, float[] to, int offset, int length) {
        System.arraycopy(values, at, to, offset, length);
    }

    @Override
    public void close() {}
}
