package org.hearthnet.node.pipeline.group;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hearthnet.inference.tensor.GroupException;
import org.hearthnet.inference.tensor.GroupException.Kind;
import org.hearthnet.inference.tensor.GroupLink;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream to each other member. What arrives is read at once into a short queue, so that two members which send to each other at
 * the same time never wait for one another; members keep step, so the queue is as long as it needs to be.
 */
final class MeshLink implements GroupLink, AutoCloseable {
    /** Messages of two operations and a failure; one more, so that a member which runs ahead is seen. */
    private static final int WAITING = 4;

    /** A piece of the widest vectors of a full pass, with room to spare. */
    private static final int MAX_PIECE = 32 << 20;

    private static final byte[] END = new byte[0];

    private final int self;
    private final GroupTimes times;
    private final List<Other> others = new ArrayList<>();
    private final CountDownLatch missing;

    private static final class Other {
        private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(WAITING);
        private volatile @Nullable MessageStream stream;
    }

    MeshLink(int self, int members, GroupTimes times) {
        this.self = self;
        this.times = times;
        this.missing = new CountDownLatch(members - 1);
        for (int m = 0; m < members; m++) {
            others.add(new Other());
        }
    }

    /** The stream with {@code member} is there; returns false if there was one already. */
    boolean join(int member, Stream stream) {
        Other other = others.get(member);
        synchronized (other) {
            if (other.stream != null) {
                return false;
            }
            other.stream = new MessageStream(stream);
        }
        missing.countDown();
        return true;
    }

    /** Whether all streams are there before {@code deadline}. */
    boolean awaitAll(Deadline deadline) throws InterruptedException {
        return missing.await(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads the stream with {@code member} until it ends. */
    void read(int member) {
        Other other = others.get(member);
        MessageStream stream = Objects.requireNonNull(other.stream, "it was joined");
        try {
            for (byte[] m = stream.read(MAX_PIECE, Deadline.never());
                    m != null;
                    m = stream.read(MAX_PIECE, Deadline.never())) {
                other.received.put(m);
            }
        } catch (IOException e) {
            // It is lost; whoever waits for it learns that below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // What the member sent before is of no use without the rest: nobody must wait for room in the queue.
        other.received.clear();
        other.received.add(END);
    }

    @Override
    public int self() {
        return self;
    }

    @Override
    public int members() {
        return others.size();
    }

    @Override
    public void send(int member, byte[] message) {
        MessageStream stream = others.get(member).stream;
        try {
            if (stream == null) {
                throw new IOException("is not connected");
            }
            stream.write(message, Deadline.in(times.exchange()));
        } catch (IOException e) {
            throw new GroupException(Kind.LOST, member, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public byte[] receive(int member) {
        BlockingQueue<byte[]> queue = others.get(member).received;
        try {
            byte[] message = queue.poll(times.exchange().toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new GroupException(
                        Kind.LOST,
                        member,
                        "has sent nothing for " + times.exchange().toSeconds() + " s");
            }
            if (message == END) {
                queue.add(END); // for whoever asks next; the queue was emptied for it
                throw new GroupException(Kind.LOST, member, "has hung up");
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GroupException(Kind.LOST, member, "interrupted");
        }
    }

    /** Ends all streams; whoever waits for a message is told so. */
    @Override
    public void close() {
        for (Other other : others) {
            MessageStream stream = other.stream;
            if (stream != null) {
                stream.stream().reset();
            }
        }
    }
}
