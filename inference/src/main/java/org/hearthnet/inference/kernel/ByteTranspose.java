package org.hearthnet.inference.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Transposes 8 x 8 bytes in eight 64-bit words, by exchanging halves, then quarters, then bytes (Warren, Hacker's Delight,
 * section 7-3, there for bits). Loading a model copies all its bytes this way.
 */
final class ByteTranspose {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private static final long WORDS = 0x00000000FFFFFFFFL;
    private static final long SHORTS = 0x0000FFFF0000FFFFL;
    private static final long BYTES = 0x00FF00FF00FF00FFL;

    private ByteTranspose() {}

    /** Byte i of row r, for eight of each from {@code rows[first]} and {@code from} on, goes to {@code to + i * stride + r}. */
    static void transpose(byte[][] rows, int first, int from, byte[] out, int to, int stride) {
        long a0 = (long) LONG.get(rows[first], from);
        long a1 = (long) LONG.get(rows[first + 1], from);
        long a2 = (long) LONG.get(rows[first + 2], from);
        long a3 = (long) LONG.get(rows[first + 3], from);
        long a4 = (long) LONG.get(rows[first + 4], from);
        long a5 = (long) LONG.get(rows[first + 5], from);
        long a6 = (long) LONG.get(rows[first + 6], from);
        long a7 = (long) LONG.get(rows[first + 7], from);

        long b0 = a0 & WORDS | a4 << 32;
        long b4 = a0 >>> 32 | a4 & ~WORDS;
        long b1 = a1 & WORDS | a5 << 32;
        long b5 = a1 >>> 32 | a5 & ~WORDS;
        long b2 = a2 & WORDS | a6 << 32;
        long b6 = a2 >>> 32 | a6 & ~WORDS;
        long b3 = a3 & WORDS | a7 << 32;
        long b7 = a3 >>> 32 | a7 & ~WORDS;

        a0 = b0 & SHORTS | (b2 & SHORTS) << 16;
        a2 = b0 >>> 16 & SHORTS | b2 & ~SHORTS;
        a1 = b1 & SHORTS | (b3 & SHORTS) << 16;
        a3 = b1 >>> 16 & SHORTS | b3 & ~SHORTS;
        a4 = b4 & SHORTS | (b6 & SHORTS) << 16;
        a6 = b4 >>> 16 & SHORTS | b6 & ~SHORTS;
        a5 = b5 & SHORTS | (b7 & SHORTS) << 16;
        a7 = b5 >>> 16 & SHORTS | b7 & ~SHORTS;

        LONG.set(out, to, a0 & BYTES | (a1 & BYTES) << 8);
        LONG.set(out, to + stride, a0 >>> 8 & BYTES | a1 & ~BYTES);
        LONG.set(out, to + 2 * stride, a2 & BYTES | (a3 & BYTES) << 8);
        LONG.set(out, to + 3 * stride, a2 >>> 8 & BYTES | a3 & ~BYTES);
        LONG.set(out, to + 4 * stride, a4 & BYTES | (a5 & BYTES) << 8);
        LONG.set(out, to + 5 * stride, a4 >>> 8 & BYTES | a5 & ~BYTES);
        LONG.set(out, to + 6 * stride, a6 & BYTES | (a7 & BYTES) << 8);
        LONG.set(out, to + 7 * stride, a6 >>> 8 & BYTES | a7 & ~BYTES);
    }
}
