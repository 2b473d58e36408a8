package org.hearthnet.node.p2p.flood;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Encoded messages that wait for one neighbour, bounded in number and bytes. When it is full the oldest give way: what
 * a slow neighbour still wants to know is the newest block, and it can ask for what it missed.
 */
final class SendQueue {
    private final int maxMessages;
    private final long maxBytes;
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    SendQueue(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Adds a message; returns how many older ones were dropped for it. */
    synchronized int add(byte[] message) {
        if (closed) {
            return 0;
        }
        queue.add(message);
        bytes += message.length;
        int dropped = 0;
        while (queue.size() > maxMessages || bytes > maxBytes) {
            bytes -= queue.remove().length;
            dropped++;
        }
        notifyAll();
        return dropped;
    }

    /** Waits for the next message; null once closed. */
    synchronized byte @Nullable [] take() throws InterruptedException {
        while (queue.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            return null;
        }
        byte[] message = queue.remove();
        bytes -= message.length;
        return message;
    }

    synchronized void close() {
        closed = true;
        queue.clear();
        bytes = 0;
        notifyAll();
    }

    synchronized int size() {
        return queue.size();
    }

    synchronized long bytes() {
        return bytes;
    }
}
