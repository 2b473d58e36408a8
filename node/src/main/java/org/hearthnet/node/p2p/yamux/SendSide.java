package org.hearthnet.node.p2p.yamux;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import org.hearthnet.node.p2p.P2pException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What one stream has to send. All of it is guarded by the lock of its session's {@link Outbox}.
 *
 * <p>Frames that open or close leave in this order: SYN or ACK, data, FIN. RST overtakes everything.
 */
final class SendSide {
    /** The largest {@link Frame#length}: a window beyond it is an error of the other side. */
    private static final long MAX_WINDOW = 0xffffffffL;

    final int id;
    final Condition writable;
    final ByteRing ring = new ByteRing();
    private final Runnable finished;
    long window = YamuxConfig.INITIAL_WINDOW;
    boolean synPending;
    boolean ackPending;
    boolean queued;
    boolean finRequested;
    /** Nothing but credit will be sent any more. */
    boolean done;

    /** Why nothing can be written any more, or null. */
    @Nullable
    Reason failure;

    private boolean resetRequested;
    private boolean ended;
    private boolean synSent;
    private long credit;

    /** @param finished called once, under the lock, when nothing will be sent any more */
    SendSide(int id, boolean opener, Condition writable, Runnable finished) {
        this.id = id;
        this.writable = writable;
        this.finished = finished;
        this.synPending = opener;
        this.ackPending = !opener;
    }

    boolean hasWork() {
        if (ended) {
            return false;
        }
        boolean data = ring.size() > 0 && window > 0;
        boolean fin = finRequested && !done && ring.size() == 0;
        return resetRequested || synPending || credit > 0 || data || fin;
    }

    /** False if the window would overflow. */
    boolean widen(long increment) {
        window += increment;
        return window <= MAX_WINDOW;
    }

    void addCredit(long bytes) {
        credit += bytes;
    }

    void requestReset() {
        resetRequested = true;
        ring.clear();
    }

    /** The other side or the session ended the stream: there is nobody to send to. */
    void end() {
        ring.clear();
        ended = true;
        finish();
        writable.signalAll();
    }

    /**
     * Writes frames of this stream, at most {@code quantum} bytes of data. FIN has a frame of its own, though it could
     * go with the last data: js-libp2p looks at the flags of a frame before its payload and would drop that.
     */
    void emit(ByteBuffer out, int quantum) {
        if (resetRequested) {
            emitReset(out);
            return;
        }
        if (synPending || credit > 0) {
            Frame.encode(out, Frame.WINDOW_UPDATE, openingFlags(), id, credit);
            credit = 0;
        }
        int room = out.remaining() - Frame.HEADER;
        int length = (int) Math.min(Math.min(ring.size(), window), Math.min(quantum, room));
        if (length > 0) {
            Frame.encode(out, Frame.DATA, openingFlags(), id, length);
            ring.take(out, length);
            ring.trim();
            window -= length;
        }
        if (finRequested && !done && ring.size() == 0 && out.remaining() >= Frame.HEADER) {
            Frame.encode(out, Frame.WINDOW_UPDATE, openingFlags() | Frame.FIN, id, 0);
            finish();
        }
    }

    private void emitReset(ByteBuffer out) {
        // A stream that the other side never heard of needs no reset.
        if (synSent || !synPending) {
            Frame.encode(out, Frame.WINDOW_UPDATE, Frame.RST, id, 0);
        }
        ended = true;
        finish();
    }

    private int openingFlags() {
        int flags = (synPending ? Frame.SYN : 0) | (ackPending ? Frame.ACK : 0);
        synSent |= synPending;
        synPending = false;
        ackPending = false;
        return flags;
    }

    private void finish() {
        if (!done) {
            done = true;
            finished.run();
        }
    }
}
