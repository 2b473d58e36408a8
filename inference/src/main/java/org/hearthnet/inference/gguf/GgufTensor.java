package org.hearthnet.inference.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.memory.MemoryAdvice;

/**
 * A tensor of at most two dimensions in a mapped file: {@code rows} rows of {@code columns} elements, row after row.
 * Vectors have one row.
 *
 * @param data exactly the tensor's bytes; valid while the file is open
 */
public record GgufTensor(String name, WeightFormat type, int rows, int columns, MemorySegment data) {
    /** Bytes of one row. */
    public int rowSize() {
        return (int) type.rowBytes(columns);
    }

    /** A copy of the bytes of a row, exactly as in the file. */
    public byte[] rowBytes(int row) {
        byte[] out = new byte[rowSize()];
        copyRow(row, out);
        return out;
    }

    /** Copies the bytes of a row into {@code out}, which has {@link #rowSize()} bytes. */
    public void copyRow(int row, byte[] out) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException(name + " has " + rows + " rows, asked for " + row);
        }
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, (long) row * rowSize(), out, 0, rowSize());
    }

    /** The rows {@code from} to {@code to}, without the latter, as a tensor over the same memory. */
    public GgufTensor rows(int from, int to) {
        if (from < 0 || from >= to || to > rows) {
            throw new IndexOutOfBoundsException(name + " has " + rows + " rows, asked for " + from + " to " + to);
        }
        long size = rowSize();
        return new GgufTensor(name, type, to - from, columns, data.asSlice(from * size, (to - from) * size));
    }

    /** Lets go of the memory of the tensor's pages; what is read afterwards comes from the file again. */
    public void release() {
        if (data.isMapped()) {
            MemoryAdvice.notNeeded(data);
        }
    }

    /** All elements of an F32 tensor. */
    public float[] floats() {
        if (type != WeightFormat.F32) {
            throw new IllegalStateException(name + " is " + type + ", not F32");
        }
        return data.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN));
    }
}
