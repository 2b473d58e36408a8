package org.hearthnet.node.p2p.yamux;

import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.P2pException;

/** A stream of a {@link YamuxSession}; the contract is that of {@link org.hearthnet.node.p2p.Stream}. */
public final class YamuxStream {
    private final YamuxSession session;
    private final SendSide sending;
    private final ReceiveSide receiving;
    private final boolean outbound;
    private volatile boolean acknowledged;
    private volatile long closedNanos;

    YamuxStream(YamuxSession session, SendSide sending, ReceiveSide receiving, boolean outbound) {
        this.session = session;
        this.sending = sending;
        this.receiving = receiving;
        this.outbound = outbound;
    }

    public int id() {
        return sending.id;
    }

    public int read(byte[] into, int offset, int length, Deadline deadline) throws P2pException {
        if (length == 0) {
            return 0;
        }
        int n = receiving.read(into, offset, length, deadline);
        if (n > 0) {
            session.giveCredit(this);
        }
        return n;
    }

    public void write(byte[] from, int offset, int length, Deadline deadline) throws P2pException {
        session.outbox().write(sending, from, offset, length, deadline);
    }

    public void closeWrite() {
        session.outbox().finish(sending);
    }

    public void reset() {
        session.resetByUs(this);
    }

    public void close() {
        receiving.discard();
        closedNanos = System.nanoTime() | 1;
        closeWrite();
    }

    SendSide sending() {
        return sending;
    }

    ReceiveSide receiving() {
        return receiving;
    }

    boolean outbound() {
        return outbound;
    }

    /** Whether this is the first acknowledgement. */
    boolean acknowledge() {
        boolean first = !acknowledged;
        acknowledged = true;
        return first;
    }

    /** Whether it was closed here so long ago and the other side has still not finished. */
    boolean lingersSince(long nanos, long nowNanos) {
        long closed = closedNanos;
        return closed != 0 && nowNanos - closed > nanos;
    }

    boolean acknowledged() {
        return acknowledged;
    }

    @Override
    public String toString() {
        return "yamux stream " + id();
    }
}
