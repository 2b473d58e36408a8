package org.hearthnet.node.p2p.yamux;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.P2pException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What one stream has received. Invariant: bytes buffered, bytes read but not yet credited, and bytes that the other
 * side may still send make up the window; so a reader that does not read costs one window and no more.
 */
final class ReceiveSide {
    /** A window used up within so many round trips is what limits the transfer, so it grows. */
    private static final int GROWTH_ROUND_TRIPS = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final ByteRing ring = new ByteRing();
    private final WindowBudget budget;
    private final BufferBudget buffers;
    private long window = YamuxConfig.INITIAL_WINDOW;
    private long allowance = window;
    private long uncredited;
    private long lastCreditNanos;
    private boolean finished;
    private boolean discarding;
    private boolean charged = true;
    private @Nullable Reason failure;

    ReceiveSide(WindowBudget budget, BufferBudget buffers, long nowNanos) {
        this.budget = budget;
        this.buffers = buffers;
        this.lastCreditNanos = nowNanos;
    }

    /** Announces a data frame; one beyond the window or after the end is the other side's error. */
    void expect(long length) throws P2pException {
        lock.lock();
        try {
            if (length > allowance) {
                throw P2pException.protocol(
                        "yamux window exceeded: " + length + " bytes where " + allowance + " may come");
            }
            if (finished && length > 0) {
                throw P2pException.protocol("yamux data after FIN");
            }
            allowance -= length;
        } finally {
            lock.unlock();
        }
    }

    /** Takes {@code length} announced bytes out of {@code from}. */
    void receive(ByteBuffer from, int length) throws P2pException {
        lock.lock();
        try {
            if (discarding || failure != null) {
                from.position(from.position() + length);
                return;
            }
            if (charged && !buffers.charge(length)) {
                throw new P2pException(Reason.LIMIT, "too much is received and not read");
            }
            ring.put(from, length);
            readable.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The other side has finished. */
    void finish() {
        lock.lock();
        try {
            finished = true;
            readable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends reading; bytes that have arrived can still be read unless the stream was reset. */
    void end(Reason reason) {
        lock.lock();
        try {
            // A stream that came to its regular end has nothing to fear from the end of its session.
            if (failure == null && !(finished && reason == Reason.CLOSED)) {
                failure = reason;
            }
            if (reason == Reason.RESET) {
                drop();
            }
            shrink();
            readable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody will read any more: drops what is here and what comes. */
    void discard() {
        lock.lock();
        try {
            discarding = true;
            drop();
            shrink();
            readable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that the other side may have sent already or may yet send. */
    long allowance() {
        lock.lock();
        try {
            return allowance;
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return finished || failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of memory held, for tests of the bounds. */
    int held() {
        lock.lock();
        try {
            return ring.capacity();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for bytes; -1 at the end. */
    int read(byte[] into, int offset, int length, Deadline deadline) throws P2pException {
        lock.lock();
        try {
            while (ring.size() == 0) {
                if (failure != null) {
                    throw new P2pException(failure, "stream ended: " + failure);
                }
                if (discarding) {
                    throw P2pException.closed("stream");
                }
                if (finished) {
                    return -1;
                }
                if (readable.awaitNanos(deadline.remainingNanos()) <= 0 && ring.size() == 0 && deadline.expired()) {
                    throw P2pException.deadline("read from a stream");
                }
            }
            int n = ring.take(into, offset, length);
            ring.trim();
            release(n);
            uncredited += n;
            return n;
        } catch (InterruptedException e) {
            throw P2pException.interrupted("read from a stream");
        } finally {
            lock.unlock();
        }
    }

    /** The credit to give back now: nothing until half the window is read, as each update costs a frame. */
    long takeCredit(long nowNanos, long roundTripNanos) {
        lock.lock();
        try {
            if (uncredited < window / 2 || finished || failure != null) {
                return 0;
            }
            boolean limiting = nowNanos - lastCreditNanos < GROWTH_ROUND_TRIPS * roundTripNanos;
            long growth = limiting ? budget.grow(window) : 0;
            long credit = uncredited + growth;
            window += growth;
            allowance += credit;
            uncredited = 0;
            lastCreditNanos = nowNanos;
            return credit;
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        release(ring.size());
        ring.clear();
    }

    private void release(int bytes) {
        if (charged) {
            buffers.release(bytes);
        }
    }

    /** The stream has left its session: what it still holds is its reader's, who may never come for it. */
    void leave() {
        lock.lock();
        try {
            release(ring.size());
            charged = false;
        } finally {
            lock.unlock();
        }
    }

    private void shrink() {
        budget.release(window - YamuxConfig.INITIAL_WINDOW);
        window = YamuxConfig.INITIAL_WINDOW;
    }
}
