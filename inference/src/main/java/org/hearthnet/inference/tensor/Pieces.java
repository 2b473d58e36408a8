package org.hearthnet.inference.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.BlockQuantizer;
import org.hearthnet.genesis.arithmetic.Poison;

/**
 * Columns of a batch of vectors in bytes, little-endian: as they are, or as what a matrix of quantised weights reads of them
 * (specification section 6), which is less than a third.
 *
 * <p>In the second form a block is its greatest magnitude, fp32, and 32 int8. The scale follows from that magnitude, and the
 * vector that is made of it quantises to just the same integers and scale: an integer of magnitude 127 becomes the greatest
 * magnitude itself, any other {@code q * d}, which is at most 126 scales and so lies below it, and {@code (q * d) * (1 / d)} is
 * off q by far less than a half. So kernels need not know where a vector came from.
 */
public enum Pieces {
    /** fp32, element by element. */
    PLAIN {
        @Override
        public int bytes(int rows, int columns) {
            return Math.multiplyExact(Math.multiplyExact(rows, columns), Float.BYTES);
        }

        @Override
        void put(float[] x, int offset, int columns, ByteBuffer out) {
            for (int i = 0; i < columns; i++) {
                out.putFloat(x[offset + i]);
            }
        }

        @Override
        void get(ByteBuffer in, float[] x, int offset, int columns) {
            for (int i = 0; i < columns; i++) {
                x[offset + i] = in.getFloat();
            }
            Poison.checkAll(x, offset, columns, "value from another member");
        }
    },

    /** Blocks of 32 with int8. */
    QUANTISED {
        @Override
        public int bytes(int rows, int columns) {
            return Math.multiplyExact(
                    Math.multiplyExact(rows, columns / Arithmetic.BLOCK), Float.BYTES + Arithmetic.BLOCK);
        }

        @Override
        void put(float[] x, int offset, int columns, ByteBuffer out) {
            byte[] quants = new byte[Arithmetic.BLOCK];
            for (int at = offset; at < offset + columns; at += Arithmetic.BLOCK) {
                float scale = BlockQuantizer.quantize(x, at, quants, 0);
                out.putFloat(scale == 0f ? 0f : greatest(x, at)).put(quants);
            }
        }

        @Override
        void get(ByteBuffer in, float[] x, int offset, int columns) {
            for (int at = offset; at < offset + columns; at += Arithmetic.BLOCK) {
                float amax = Poison.check(in.getFloat(), "magnitude from another member");
                float scale = amax / MOST;
                for (int i = at; i < at + Arithmetic.BLOCK; i++) {
                    int q = in.get();
                    x[i] = Math.abs(q) == MOST ? Math.copySign(amax, q) : q * scale;
                }
            }
        }
    };

    private static final int MOST = 127;

    /** Bytes of {@code rows} vectors of {@code columns} columns; QUANTISED needs whole blocks. */
    public abstract int bytes(int rows, int columns);

    abstract void put(float[] x, int offset, int columns, ByteBuffer out);

    abstract void get(ByteBuffer in, float[] x, int offset, int columns);

    /** The bytes of {@code x} [rows][columns]. */
    public byte[] write(float[] x, int rows, int columns) {
        ByteBuffer out = ByteBuffer.allocate(bytes(rows, columns)).order(ByteOrder.LITTLE_ENDIAN);
        for (int r = 0; r < rows; r++) {
            put(x, r * columns, columns, out);
        }
        return out.array();
    }

    /**
     * Reads what {@link #write} wrote into the columns {@code slice} of {@code x} [rows][width].
     *
     * @throws org.hearthnet.genesis.arithmetic.PoisonException if a value is not sound
     */
    public void read(byte[] piece, float[] x, int rows, int width, Slice slice) {
        ByteBuffer in = ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
        for (int r = 0; r < rows; r++) {
            get(in, x, r * width + slice.from(), slice.size());
        }
    }

    private static float greatest(float[] x, int offset) {
        float amax = 0f;
        for (int i = offset; i < offset + Arithmetic.BLOCK; i++) {
            amax = Math.max(amax, Math.abs(x[i]));
        }
        return amax;
    }
}
