package org.hearthnet.node.p2p.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static int first(SendQueue queue) throws InterruptedException {
        return Objects.requireNonNull(queue.take())[0];
    }

    @Test
    void controlGoesFirstAndOrderIsKeptOtherwise() throws InterruptedException {
        SendQueue queue = new SendQueue(10, 1_000);
        queue.add(new byte[] {1}, false);
        queue.add(new byte[] {2}, false);
        queue.add(new byte[] {3}, true);
        queue.add(new byte[] {4}, true);
        assertEquals(3, first(queue));
        assertEquals(4, first(queue));
        assertEquals(1, first(queue));
        assertEquals(2, first(queue));
    }

    @Test
    void oldestGiveWayByNumberAndByBytesEachKindForItself() throws InterruptedException {
        SendQueue queue = new SendQueue(3, 100);
        assertEquals(0, queue.add(new byte[] {9}, true));
        for (int i = 0; i < 3; i++) {
            assertEquals(0, queue.add(new byte[] {(byte) i}, false));
        }
        assertEquals(1, queue.add(new byte[] {3}, false));
        assertEquals(2, queue.add(new byte[99], false));
        assertEquals(3, queue.size());
        assertTrue(queue.bytes() <= 200);
        assertEquals(9, first(queue));
        assertEquals(3, first(queue));
    }

    @Test
    void closedQueueTakesAndGivesNothing() throws InterruptedException {
        SendQueue queue = new SendQueue(3, 100);
        queue.add(new byte[] {1}, false);
        queue.close();
        assertEquals(0, queue.add(new byte[] {1}, true));
        assertNull(queue.take());
        assertEquals(0, queue.size());
    }

    @Test
    void bucketGoesIntoDebtAndComesOut() {
        TokenBucket bucket = new TokenBucket(10, 5, 0);
        assertEquals(0, bucket.take(5, 0));
        assertEquals(200_000_000, bucket.take(2, 0));
        assertEquals(0, bucket.take(0, 200_000_000));
        assertEquals(0, bucket.take(5, 10_000_000_000L), "no more than a burst is saved up");
        assertTrue(bucket.take(1, 10_000_000_000L) > 0);
    }

    @Test
    void originsAreAddressesOfTheInternet() throws Exception {
        for (String local :
                new String[] {"127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.1.1", "::1", "fe80::1", "fd00::1"}) {
            assertEquals("", Origins.of(InetAddress.getByName(local)), local);
        }
        assertEquals("08080808", Origins.of(InetAddress.getByName("8.8.8.8")));
        assertEquals(
                Origins.of(InetAddress.getByName("2001:db8::1")),
                Origins.of(InetAddress.getByName("2001:db8::ffff:1")));
    }
}
