package org.hearthnet.node.p2p.yamux;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.P2pException.Reason;

/**
 * Everything that waits to be sent on a session. Small control frames go first; then the streams that have something
 * take turns, so that one that sends much delays another by one noise message at most. Writers put bytes into their
 * stream's buffer and go on; many small writes thereby leave in one message.
 */
final class Outbox {
    /** Replies to pings and resets of refused streams that may wait; a peer that makes more of them is misbehaving. */
    static final int MAX_CONTROL = 256;
    /** What every stream may buffer however full the others are, so that none is shut out. */
    static final int MIN_BUFFER = 16 * 1024;
    /** Fewer bytes are not worth a frame of their own at the end of a message. */
    private static final int MIN_ROOM = 2 * Frame.HEADER + 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final ArrayDeque<SendSide> ready = new ArrayDeque<>();
    private final ArrayDeque<long[]> control = new ArrayDeque<>();
    private final int sendBuffer;
    private final long maxBuffered;
    private long buffered;
    private boolean goingAway;
    private int goAwayCode;
    private boolean closed;

    /**
     * @param sendBuffer bytes for each stream
     * @param maxBuffered bytes for all of them, but for {@link #MIN_BUFFER} each
     */
    Outbox(int sendBuffer, long maxBuffered) {
        this.sendBuffer = sendBuffer;
        this.maxBuffered = maxBuffered;
    }

    SendSide newStream(int id, boolean opener, Runnable finished) {
        return new SendSide(id, opener, lock.newCondition(), finished);
    }

    /** Announces an opened stream. */
    void open(SendSide stream) {
        locked(() -> enqueue(stream));
    }

    void write(SendSide stream, byte[] from, int offset, int length, Deadline deadline) throws P2pException {
        lock.lock();
        try {
            int done = 0;
            while (true) {
                requireWritable(stream);
                int n = Math.min(length - done, room(stream));
                stream.ring.put(from, offset + done, n);
                done += n;
                buffered += n;
                enqueue(stream);
                if (done == length) {
                    return;
                }
                if (stream.writable.awaitNanos(deadline.remainingNanos()) <= 0 && deadline.expired()) {
                    throw P2pException.deadline("write to a stream");
                }
            }
        } catch (InterruptedException e) {
            throw P2pException.interrupted("write to a stream");
        } finally {
            lock.unlock();
        }
    }

    void finish(SendSide stream) {
        locked(() -> {
            stream.finRequested = true;
            enqueue(stream);
        });
    }

    /** Resets a stream from this side. */
    void reset(SendSide stream) {
        locked(() -> {
            fail(stream, Reason.RESET);
            buffered -= stream.ring.size();
            stream.requestReset();
            enqueue(stream);
        });
    }

    /** The stream ended without this side: by the other's reset or with the session. */
    void end(SendSide stream, Reason reason) {
        locked(() -> {
            fail(stream, reason);
            buffered -= stream.ring.size();
            stream.end();
        });
    }

    void credit(SendSide stream, long bytes) {
        locked(() -> {
            stream.addCredit(bytes);
            enqueue(stream);
        });
    }

    void widen(SendSide stream, long increment) throws P2pException {
        lock.lock();
        try {
            if (!stream.widen(increment)) {
                throw P2pException.protocol("yamux window beyond 32 bits");
            }
            enqueue(stream);
        } finally {
            lock.unlock();
        }
    }

    /** A frame without a payload that belongs to no open stream. */
    void control(int type, int flags, int stream, long length) throws P2pException {
        lock.lock();
        try {
            if (control.size() >= MAX_CONTROL) {
                throw P2pException.protocol("yamux peer provokes more replies than it takes");
            }
            control.add(new long[] {type, flags, stream, length});
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next and last frame is a go-away. */
    void goAway(int code) {
        locked(() -> {
            if (!goingAway) {
                goingAway = true;
                goAwayCode = code;
                work.signal();
            }
        });
    }

    /** Nothing will be sent any more. */
    void close() {
        locked(() -> {
            closed = true;
            work.signal();
        });
    }

    /** Waits for something to send and fills {@code out} with it; false when the session is over after this message. */
    boolean fill(ByteBuffer out) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && !goingAway && control.isEmpty() && ready.isEmpty()) {
                work.await();
            }
            if (closed) {
                return false;
            }
            if (goingAway) {
                Frame.encode(out, Frame.GO_AWAY, 0, 0, goAwayCode);
                closed = true;
                return false;
            }
            fillControl(out);
            fillStreams(out);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void fillControl(ByteBuffer out) {
        while (!control.isEmpty() && out.remaining() >= MIN_ROOM) {
            long[] frame = control.remove();
            Frame.encode(out, (int) frame[0], (int) frame[1], (int) frame[2], frame[3]);
        }
    }

    private void fillStreams(ByteBuffer out) {
        while (!ready.isEmpty() && out.remaining() >= MIN_ROOM) {
            SendSide stream = ready.remove();
            stream.queued = false;
            int before = stream.ring.size();
            if (stream.hasWork()) {
                stream.emit(out, out.capacity());
            }
            buffered -= before - stream.ring.size();
            // Waking a writer for every few bytes of room would cost more than the bytes.
            if (stream.ring.size() <= sendBuffer / 2) {
                stream.writable.signalAll();
            }
            enqueue(stream);
        }
    }

    private int room(SendSide stream) {
        long shared = Math.min(sendBuffer, Math.max(MIN_BUFFER, stream.ring.size() + maxBuffered - buffered));
        return (int) Math.max(0, Math.min(shared, sendBuffer) - stream.ring.size());
    }

    private void enqueue(SendSide stream) {
        if (!stream.queued && !closed && stream.hasWork()) {
            stream.queued = true;
            ready.add(stream);
            work.signal();
        }
    }

    private void fail(SendSide stream, Reason reason) {
        if (stream.failure == null) {
            stream.failure = reason;
        }
        stream.writable.signalAll();
    }

    private void requireWritable(SendSide stream) throws P2pException {
        if (stream.failure != null) {
            throw new P2pException(stream.failure, "stream ended: " + stream.failure);
        }
        if (stream.finRequested || closed) {
            throw P2pException.closed("stream");
        }
    }

    /** Messages that wait, for tests of the bounds. */
    int controlFrames() {
        lock.lock();
        try {
            return control.size();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
