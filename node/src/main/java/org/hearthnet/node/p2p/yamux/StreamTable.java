package org.hearthnet.node.p2p.yamux;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.P2pException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of a session and what frames do to them. A stream leaves the table when both directions are over.
 *
 * <p>Lock order: outbox, then this table. Nothing here calls the outbox while it holds the table's monitor.
 */
final class StreamTable {
    private static final int MAX_ID = Integer.MAX_VALUE - 1;
    /** Frames to streams that are gone are dropped; what may be on its way is known, and this is for rounding. */
    private static final long DISCARD_SLACK = 1024 * 1024;

    private final YamuxSession session;
    private final YamuxConfig config;
    private final Outbox outbox;
    private final Consumer<YamuxStream> acceptor;
    private final WindowBudget budget;
    private final BufferBudget buffers;
    private final Map<Integer, YamuxStream> byId = new HashMap<>();
    private final boolean client;
    private int nextId;
    private int inbound;
    private int outbound;
    private int unacknowledged;
    private boolean goneAway;
    private int refusedInARow;
    /** Payload bytes for streams that are gone which may still arrive in good faith. */
    private long mayDiscard = DISCARD_SLACK;

    StreamTable(
            YamuxSession session,
            boolean client,
            YamuxConfig config,
            BufferBudget buffers,
            Outbox outbox,
            Consumer<YamuxStream> acceptor) {
        this.session = session;
        this.client = client;
        this.config = config;
        this.outbox = outbox;
        this.acceptor = acceptor;
        this.buffers = buffers;
        this.budget = new WindowBudget(config.maxReceiveWindow(), config.maxSessionGrowth());
        this.nextId = client ? 1 : 2;
    }

    synchronized int size() {
        return byId.size();
    }

    /** Streams that were closed here and that the other side does not finish. */
    void resetLingering(long nowNanos) {
        List<YamuxStream> all;
        synchronized (this) {
            all = List.copyOf(byId.values());
        }
        all.stream()
                .filter(stream -> stream.lingersSince(config.linger().toNanos(), nowNanos))
                .forEach(this::resetByUs);
    }

    YamuxStream open() throws P2pException {
        YamuxStream stream;
        synchronized (this) {
            requireRoom();
            stream = newStream(nextId, true);
            nextId += 2;
            outbound++;
            unacknowledged++;
        }
        outbox.open(stream.sending());
        return stream;
    }

    private void requireRoom() throws P2pException {
        if (goneAway || nextId > MAX_ID) {
            throw P2pException.closed("session");
        }
        if (outbound >= config.maxOutboundStreams() || unacknowledged >= config.maxAckBacklog()) {
            throw new P2pException(Reason.LIMIT, outbound + " streams open, " + unacknowledged + " unanswered");
        }
    }

    private YamuxStream newStream(int id, boolean opener) {
        YamuxStream[] self = new YamuxStream[1];
        SendSide sending = outbox.newStream(id, opener, () -> removeIfOver(self[0]));
        self[0] = new YamuxStream(session, sending, new ReceiveSide(budget, buffers, System.nanoTime()), opener);
        byId.put(id, self[0]);
        return self[0];
    }

    /** Handles a data or window frame; returns where payload goes. */
    @Nullable
    ReceiveSide frame(Frame frame) throws P2pException {
        YamuxStream stream = find(frame);
        if (stream == null) {
            discard(frame);
            return null;
        }
        if (frame.has(Frame.ACK)) {
            acknowledged(stream);
        }
        boolean data = frame.type() == Frame.DATA;
        if (data) {
            stream.receiving().expect(frame.length());
        } else {
            outbox.widen(stream.sending(), frame.length());
        }
        if (frame.has(Frame.RST)) {
            end(stream, Reason.RESET);
            return data ? stream.receiving() : null;
        }
        if (!data && frame.has(Frame.FIN)) {
            finished(stream);
        }
        return data ? stream.receiving() : null;
    }

    void endOfData(Frame frame) {
        if (frame.has(Frame.FIN)) {
            YamuxStream stream;
            synchronized (this) {
                stream = byId.get(frame.stream());
            }
            if (stream != null) {
                finished(stream);
            }
        }
    }

    private @Nullable YamuxStream find(Frame frame) throws P2pException {
        YamuxStream stream;
        synchronized (this) {
            stream = byId.get(frame.stream());
            if (!frame.has(Frame.SYN)) {
                return stream;
            }
            boolean ours = ((frame.stream() & 1) == 1) == client;
            if (stream != null || ours || frame.stream() < 0) {
                throw P2pException.protocol("yamux stream id " + frame.stream() + " opened out of turn");
            }
            if (inbound < config.maxInboundStreams()) {
                refusedInARow = 0;
                inbound++;
                stream = newStream(frame.stream(), false);
            } else if (++refusedInARow > config.maxRefusedStreams()) {
                throw P2pException.protocol("yamux peer keeps opening streams beyond " + inbound);
            }
        }
        if (stream == null) {
            refuse(frame);
        } else {
            acceptor.accept(stream);
        }
        return stream;
    }

    private void refuse(Frame frame) throws P2pException {
        synchronized (this) {
            mayDiscard += YamuxConfig.INITIAL_WINDOW;
        }
        outbox.control(Frame.WINDOW_UPDATE, Frame.RST, frame.stream(), 0);
    }

    private synchronized void discard(Frame frame) throws P2pException {
        if (frame.type() == Frame.DATA) {
            mayDiscard -= frame.length();
            if (mayDiscard < 0) {
                throw P2pException.protocol("yamux peer sends to streams that are not there");
            }
        }
    }

    private synchronized void acknowledged(YamuxStream stream) throws P2pException {
        if (!stream.outbound()) {
            throw P2pException.protocol("yamux peer acknowledges its own stream");
        }
        if (stream.acknowledge()) {
            unacknowledged--;
        }
    }

    private void finished(YamuxStream stream) {
        stream.receiving().finish();
        removeIfOver(stream);
    }

    /** The other side or the session ended the stream. */
    void end(YamuxStream stream, Reason reason) {
        stream.receiving().end(reason);
        outbox.end(stream.sending(), reason);
        removeIfOver(stream);
    }

    void resetByUs(YamuxStream stream) {
        stream.receiving().end(Reason.RESET);
        outbox.reset(stream.sending());
        removeIfOver(stream);
    }

    void endAll(Reason reason) {
        List<YamuxStream> all;
        synchronized (this) {
            goneAway = true;
            all = List.copyOf(byId.values());
        }
        all.forEach(stream -> end(stream, reason));
    }

    /** The other side takes no more streams; those that are open may finish. */
    synchronized void goneAway() {
        goneAway = true;
    }

    synchronized boolean isGoneAway() {
        return goneAway;
    }

    private synchronized void removeIfOver(YamuxStream stream) {
        if (!stream.sending().done || !stream.receiving().isOver() || !byId.remove(stream.id(), stream)) {
            return;
        }
        stream.receiving().leave();
        mayDiscard += stream.receiving().allowance();
        if (!stream.outbound()) {
            inbound--;
            return;
        }
        outbound--;
        if (!stream.acknowledged()) {
            stream.acknowledge();
            unacknowledged--;
        }
    }
}
