package org.hearthnet.node.p2p.gossipsub;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Framed RPCs that wait for one neighbour: control RPCs, which go first, and messages. Each kind is bounded in number and
 * bytes. When one is full its oldest give way: what a slow neighbour still wants to know is the newest, and it will hear of
 * what it missed by gossip.
 */
final class SendQueue {
    private final int maxEach;
    private final long maxBytesEach;
    private final Lane control = new Lane();
    private final Lane messages = new Lane();
    private boolean closed;

    private final class Lane {
        private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
        private long bytes;

        int add(byte[] frame) {
            queue.add(frame);
            bytes += frame.length;
            int dropped = 0;
            while (queue.size() > maxEach || bytes > maxBytesEach) {
                bytes -= queue.remove().length;
                dropped++;
            }
            return dropped;
        }

        byte @Nullable [] poll() {
            byte[] frame = queue.poll();
            bytes -= frame == null ? 0 : frame.length;
            return frame;
        }

        void clear() {
            queue.clear();
            bytes = 0;
        }
    }

    SendQueue(int maxEach, long maxBytesEach) {
        this.maxEach = maxEach;
        this.maxBytesEach = maxBytesEach;
    }

    /** Adds a frame; returns how many older ones were dropped for it. */
    synchronized int add(byte[] frame, boolean isControl) {
        if (closed) {
            return 0;
        }
        int dropped = (isControl ? control : messages).add(frame);
        notifyAll();
        return dropped;
    }

    /** Waits for the next frame; null once closed. */
    synchronized byte @Nullable [] take() throws InterruptedException {
        while (!closed) {
            byte[] first = control.poll();
            byte[] next = first == null ? messages.poll() : first;
            if (next != null) {
                return next;
            }
            wait();
        }
        return null;
    }

    synchronized void close() {
        closed = true;
        control.clear();
        messages.clear();
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized int size() {
        return control.queue.size() + messages.queue.size();
    }

    synchronized long bytes() {
        return control.bytes + messages.bytes;
    }
}
