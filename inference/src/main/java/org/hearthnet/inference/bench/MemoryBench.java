package org.hearthnet.inference.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/** How fast this machine reads memory: what decoding at batch 1 cannot beat. */
public final class MemoryBench {
    private static final long BYTES = 512L << 20;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private MemoryBench() {}

    /** Gigabytes (10^9) per second of {@code threads} threads that each sum up a part of a large block; best of some rounds. */
    public static double gigabytesPerSecond(int threads) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment block = arena.allocate(BYTES, 1 << 21);
            block.fill((byte) 1);
            double best = 0;
            long sink = 0;
            for (int round = 0; round < 6; round++) {
                long start = System.nanoTime();
                sink += IntStream.range(0, threads)
                        .parallel()
                        .mapToLong(t -> sum(block, BYTES / threads / 64 * 64 * t, BYTES / threads / 64 * 64))
                        .sum();
                best = Math.max(best, BYTES / 1e9 / ((System.nanoTime() - start) / 1e9));
            }
            if (sink == 0) {
                throw new IllegalStateException("memory did not keep what was written");
            }
            return best;
        }
    }

    private static long sum(MemorySegment block, long from, long bytes) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        for (long at = from; at < from + bytes; at += 64) {
            a += block.get(LONG, at) + block.get(LONG, at + 8);
            b += block.get(LONG, at + 16) + block.get(LONG, at + 24);
            c += block.get(LONG, at + 32) + block.get(LONG, at + 40);
            d += block.get(LONG, at + 48) + block.get(LONG, at + 56);
        }
        return a + b + c + d;
    }
}
