package org.hearthnet.inference.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hearthnet.inference.kernel.NativeMemory;

/**
 * How fast this machine reads memory: what decoding at batch 1 cannot beat. Several threads each sum up a part of a block
 * that is larger than any cache and lies in memory of the kind that weights lie in.
 */
public final class MemoryBench implements AutoCloseable {
    private static final long BYTES = 512L << 20;
    private static final int PASSES = 3;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment block = NativeMemory.allocate(BYTES, arena);
    private final ExecutorService threads;
    private final List<Callable<Long>> parts = new ArrayList<>();

    /** Fills the block. */
    public MemoryBench(int threads) {
        this.threads = Executors.newFixedThreadPool(threads);
        long part = BYTES / threads / 64 * 64;
        for (int t = 0; t < threads; t++) {
            MemorySegment own = block.asSlice(part * t, part);
            parts.add(() -> sum(own));
        }
        block.fill((byte) 1);
    }

    /** Gigabytes (10^9) per second: the best of {@value #PASSES} passes. */
    public double gigabytesPerSecond() {
        double best = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            long start = System.nanoTime();
            long sum = pass();
            double seconds = (System.nanoTime() - start) / 1e9;
            // Looked at, so that the compiler cannot leave the reading out.
            if (sum == 0) {
                throw new IllegalStateException("memory did not keep what was written");
            }
            best = Math.max(best, BYTES / 1e9 / seconds);
        }
        return best;
    }

    private long pass() {
        try {
            long sum = 0;
            for (Future<Long> part : threads.invokeAll(parts)) {
                sum += part.get();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Several sums at once, so that loads do not wait for one another. */
    private static long sum(MemorySegment part) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        for (long at = 0; at < part.byteSize(); at += 64) {
            a += part.get(LONG, at) + part.get(LONG, at + 8);
            b += part.get(LONG, at + 16) + part.get(LONG, at + 24);
            c += part.get(LONG, at + 32) + part.get(LONG, at + 40);
            d += part.get(LONG, at + 48) + part.get(LONG, at + 56);
        }
        return a + b + c + d;
    }

    @Override
    public void close() {
        threads.shutdown();
        arena.close();
    }
}
