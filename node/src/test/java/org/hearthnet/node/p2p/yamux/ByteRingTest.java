package org.hearthnet.node.p2p.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ByteRingTest {
    /** Positive numbers put so many bytes, negative ones take; a queue of bytes is the oracle. */
    @Property(tries = 200)
    void behavesLikeAQueue(@ForAll @Size(max = 60) List<@IntRange(min = -4000, max = 4000) Integer> steps) {
        ByteRing ring = new ByteRing();
        ArrayDeque<Byte> oracle = new ArrayDeque<>();
        byte next = 0;
        boolean arrays = false;
        int peak = 0;
        for (int step : steps) {
            arrays = !arrays;
            byte[] bytes = new byte[Math.abs(step) + 3];
            if (step >= 0) {
                for (int i = 0; i < step; i++) {
                    bytes[3 + i] = next;
                    oracle.add(next++);
                }
                put(ring, bytes, step, arrays);
            } else {
                int n = take(ring, bytes, Math.min(-step, ring.size()), arrays);
                for (int i = 0; i < n; i++) {
                    assertEquals(oracle.remove(), bytes[3 + i]);
                }
            }
            assertEquals(oracle.size(), ring.size());
            peak = Math.max(peak, ring.size());
            assertTrue(ring.capacity() <= Math.max(1024, 2 * peak));
        }
    }

    private static void put(ByteRing ring, byte[] bytes, int length, boolean array) {
        if (array) {
            ring.put(bytes, 3, length);
        } else {
            ring.put(ByteBuffer.wrap(bytes, 3, length), length);
        }
    }

    private static int take(ByteRing ring, byte[] bytes, int length, boolean array) {
        if (array) {
            return ring.take(bytes, 3, length);
        }
        ring.take(ByteBuffer.wrap(bytes, 3, length), length);
        return length;
    }

    @Test
    void largeEmptyBuffersAreLetGo() {
        ByteRing ring = new ByteRing();
        ring.put(new byte[200_000], 0, 200_000);
        ring.take(new byte[200_000], 0, 200_000);
        ring.trim();
        assertEquals(0, ring.capacity());
        ring.put(new byte[100], 0, 100);
        ring.trim();
        assertEquals(100, ring.size());
    }
}
