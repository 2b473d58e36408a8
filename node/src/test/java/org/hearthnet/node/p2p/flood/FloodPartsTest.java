package org.hearthnet.node.p2p.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FloodPartsTest {
    private static final long SECOND = 1_000_000_000L;

    private static MessageId id(int n) {
        return new MessageId(new byte[] {(byte) n, (byte) (n >> 8), 0, 0, 0, 0, 0, 0});
    }

    @Test
    void seenIdsAreForgottenByAge() {
        SeenCache seen = new SeenCache(100, SECOND);
        assertTrue(seen.add(id(1), 0));
        assertFalse(seen.add(id(1), SECOND));
        assertTrue(seen.contains(id(1), SECOND));
        assertFalse(seen.contains(id(1), SECOND + 1));
        assertTrue(seen.add(id(1), SECOND + 1));
    }

    @Test
    void seenIdsAreBoundedInNumber() {
        SeenCache seen = new SeenCache(10, SECOND);
        for (int i = 0; i < 1000; i++) {
            assertTrue(seen.add(id(i), 0));
            assertTrue(seen.size() <= 10);
        }
        assertTrue(seen.contains(id(999), 0) && seen.contains(id(990), 0));
        assertFalse(seen.contains(id(989), 0));
    }

    @Test
    void bucketLetsABurstPassAndThenItsRate() {
        TokenBucket bucket = new TokenBucket(10, 5, 0);
        for (int i = 0; i < 5; i++) {
            assertEquals(0, bucket.take(1, 0));
        }
        assertEquals(SECOND / 10, bucket.take(1, 0));
        assertEquals(2 * SECOND / 10, bucket.take(1, 0));
        assertEquals(0, bucket.take(1, SECOND));
        assertEquals(0, bucket.take(5, 100 * SECOND));
        assertEquals(SECOND / 10, bucket.take(1, 100 * SECOND));
        assertEquals(2 * SECOND / 10, bucket.take(1, 50 * SECOND), "a clock that goes back gives nothing");
    }

    @Test
    void fullQueueDropsTheOldest() throws InterruptedException {
        SendQueue queue = new SendQueue(3, 100);
        byte[][] messages = new byte[5][10];
        int dropped = 0;
        for (byte[] message : messages) {
            dropped += queue.add(message);
        }
        assertEquals(2, dropped);
        assertSame(messages[2], queue.take());
        assertEquals(1, queue.add(new byte[85]));
        assertEquals(95, queue.bytes());
        assertEquals(2, queue.size());
        queue.close();
        assertNull(queue.take());
        assertEquals(0, queue.add(new byte[1]));
        assertEquals(0, queue.bytes());
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        FloodConfig config = FloodConfig.of("/f/1");
        assertThrows(IllegalArgumentException.class, () -> config.withQueue(10, 1000));
        assertThrows(IllegalArgumentException.class, () -> config.withQueue(0, 10_000_000));
        assertThrows(IllegalArgumentException.class, () -> config.withRates(0, 1, 1, 2_000_000));
        assertThrows(IllegalArgumentException.class, () -> config.withRates(1, 1, 1, 1000));
    }
}
