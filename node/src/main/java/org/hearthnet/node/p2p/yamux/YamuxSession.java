package org.hearthnet.node.p2p.yamux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.P2pException.Reason;
import org.hearthnet.node.p2p.SecureChannel;
import org.hearthnet.node.p2p.Timer;

/**
 * A session: two virtual threads over a {@link SecureChannel}, one that reads frames and one that writes them, and a
 * clock tick that watches both. The reading thread never waits for the writing one.
 */
public final class YamuxSession implements AutoCloseable {
    /** Time for a go-away to leave before the channel is closed under it. */
    private static final long GOODBYE_MILLIS = 1000;

    private final SecureChannel channel;
    private final YamuxConfig config;
    private final Timer timer;
    private final Outbox outbox;
    private final StreamTable streams;
    private final KeepAlive keepAlive;
    private final Consumer<YamuxSession> onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch writerDone = new CountDownLatch(1);
    private volatile long writingSinceNanos;

    /**
     * Not running yet: see {@link #start}.
     *
     * @param client whether this side dialled; it decides who uses odd stream ids
     * @param acceptor given each stream that the other side opens; must not block
     * @param onEnd called once when the session is over
     * @param buffers shared by all sessions of a host
     * @param timer not this session's to close
     */
    public YamuxSession(
            SecureChannel channel,
            boolean client,
            YamuxConfig config,
            Consumer<YamuxStream> acceptor,
            Consumer<YamuxSession> onEnd,
            BufferBudget buffers,
            Timer timer) {
        this.channel = channel;
        this.config = config;
        this.timer = timer;
        this.onEnd = onEnd;
        BufferBudget mine = new BufferBudget(config.maxSessionReceived(), buffers);
        this.outbox = new Outbox(config.sendBuffer(), config.maxSessionSend());
        this.streams = new StreamTable(this, client, config, mine, outbox, acceptor);
        this.keepAlive = new KeepAlive(config, outbox);
    }

    /** Starts the threads. */
    public void start(String name) {
        Thread.ofVirtual().name(name + "-write").start(this::writeLoop);
        Thread.ofVirtual().name(name + "-read").start(this::readLoop);
        tick();
    }

    /** Opens a stream; the other side hears of it together with the first bytes, or at once. LIMIT or CLOSED. */
    public YamuxStream open() throws P2pException {
        if (ended.get()) {
            throw P2pException.closed("session");
        }
        YamuxStream stream = streams.open();
        if (ended.get()) {
            // The end may have passed over the table just before this stream came into it.
            streams.end(stream, Reason.CLOSED);
        }
        return stream;
    }

    public int streams() {
        return streams.size();
    }

    /** Whether streams can be opened. */
    public boolean isOpen() {
        return !ended.get() && !streams.isGoneAway();
    }

    public Optional<Duration> roundTrip() {
        return keepAlive.roundTrip();
    }

    /** Sends a go-away and ends everything, without waiting for it. */
    @Override
    public void close() {
        end(Frame.NORMAL);
    }

    /** Ends all streams, lets the go-away leave, and closes the channel soon, whatever happens. */
    private void end(int code) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        outbox.goAway(code);
        streams.endAll(Reason.CLOSED);
        if (timer.after(TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS), channel::close) == null) {
            channel.close();
        }
        onEnd.accept(this);
    }

    private void readLoop() {
        int code = Frame.NORMAL;
        FrameReader reader = new FrameReader(new Frames());
        try {
            for (ByteBuffer bytes = channel.read(); bytes != null; bytes = channel.read()) {
                keepAlive.received();
                reader.feed(bytes);
            }
        } catch (P2pException e) {
            code = Frame.PROTOCOL_ERROR;
        } catch (IOException e) {
            // The channel broke or was closed; there is nobody to tell.
            outbox.close();
        } catch (RuntimeException e) {
            code = Frame.INTERNAL_ERROR;
            throw e;
        } finally {
            end(code);
            awaitWriter();
            channel.close();
        }
    }

    private void awaitWriter() {
        try {
            boolean said = writerDone.await(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            if (!said) {
                outbox.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeLoop() {
        try {
            boolean more = true;
            while (more) {
                ByteBuffer out = channel.writeBuffer();
                more = outbox.fill(out);
                if (out.position() > 0) {
                    writingSinceNanos = System.nanoTime() | 1;
                    channel.flush();
                    writingSinceNanos = 0;
                }
            }
        } catch (IOException e) {
            // The reading thread sees the same end and reports it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            outbox.close();
            writerDone.countDown();
            end(Frame.NORMAL);
            channel.close();
        }
    }

    /** Looks after the session a few times in each keepalive interval. */
    private void tick() {
        if (ended.get()) {
            return;
        }
        long now = System.nanoTime();
        long writing = writingSinceNanos;
        boolean stuck = writing != 0 && now - writing > config.writeTimeout().toNanos();
        if (stuck || !keepAlive.tick(now)) {
            channel.close();
            end(Frame.NORMAL);
            return;
        }
        streams.resetLingering(now);
        timer.after(keepAlive.tickNanos(), this::tick);
    }

    Outbox outbox() {
        return outbox;
    }

    void giveCredit(YamuxStream stream) {
        long credit = stream.receiving().takeCredit(System.nanoTime(), keepAlive.roundTripNanos());
        if (credit > 0) {
            outbox.credit(stream.sending(), credit);
        }
    }

    void resetByUs(YamuxStream stream) {
        streams.resetByUs(stream);
    }

    private final class Frames implements FrameReader.Sink {
        @Override
        public @org.jspecify.annotations.Nullable ReceiveSide frame(Frame frame) throws P2pException {
            switch (frame.type()) {
                case Frame.PING -> keepAlive.ping(frame);
                case Frame.GO_AWAY -> streams.goneAway();
                default -> {
                    return streams.frame(frame);
                }
            }
            return null;
        }

        @Override
        public void endOfData(Frame frame) {
            streams.endOfData(frame);
        }
    }
}
