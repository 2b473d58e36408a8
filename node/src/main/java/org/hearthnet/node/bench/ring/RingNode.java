package org.hearthnet.node.bench.ring;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.hearthnet.node.plan.Link;

/** A stage with its two neighbours: takes frames from the one, computes, and sends to the other. The first stage drives. */
public final class RingNode implements AutoCloseable {
    private static final String FRAMES = "/hearth/bench/frames/1";
    private static final String SINK = "/hearth/bench/sink/1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long RETRY_MS = 200;
    private static final int CHUNK = 16 * 1024;
    private static final int PINGS = 21;

    private final RingStage stage;
    private final Host host;
    private final BlockingQueue<RingFrame> frames = new ArrayBlockingQueue<>(2 * RingFrame.MAX_GROUPS);

    /** A node that listens; {@link #join} makes it part of a ring. */
    private RingNode(RingStage stage, Host host) {
        this.stage = stage;
        this.host = host;
    }

    /** The key of stage {@code index}: everybody in the bench knows it. */
    private static Identity identity(int index) {
        return Identity.ofSeed(
                Hashing.in("hearth/ring-bench/1").add(index).finish().toArray());
    }

    /** {@code address} with the key of stage {@code index}. */
    public static String address(String address, int index) {
        return address + "/p2p/" + identity(index).peerId();
    }

    /**
     * Starts stage {@code index}.
     *
     * @param executor its layers
     * @param bytesPerSecond of the device that is stood in for
     * @param listen where
     */
    public static RingNode open(StageExecutor executor, double bytesPerSecond, int index, String listen)
            throws IOException {
        Host host = Libp2pHost.start(HostConfig.of(identity(index), List.of(Multiaddr.parse(listen))));
        RingNode node = new RingNode(new RingStage(executor, bytesPerSecond), host);
        host.handle(FRAMES, node::receive);
        host.handle(SINK, RingNode::swallow);
        return node;
    }

    /** Where it listens, without its key. */
    public String listening() {
        return host.listenAddresses().getFirst().toString();
    }

    /** Connects with the next stage, which may still be starting. */
    public Ring join(String next) throws IOException, InterruptedException {
        Multiaddr address = Multiaddr.parse(next);
        Deadline end = Deadline.in(PATIENCE);
        while (true) {
            try {
                PeerId peer = host.dial(address, end).remotePeer();
                return new Ring(peer, new MessageStream(host.openStream(peer, FRAMES, end)));
            } catch (P2pException e) {
                if (end.remainingMillis() < RETRY_MS) {
                    throw new IOException("the next stage does not answer at " + next + ": " + e.getMessage(), e);
                }
                Thread.sleep(RETRY_MS);
            }
        }
    }

    private void receive(Stream stream) throws IOException {
        int width = stage.inputWidth();
        MessageStream messages = new MessageStream(stream);
        int max = RingFrame.maxBytes(width);
        for (byte[] m = messages.read(max, Deadline.never()); m != null; m = messages.read(max, Deadline.never())) {
            if (!frames.offer(RingFrame.decode(m, width))) {
                throw new IOException("more frames than a ring can hold");
            }
        }
    }

    private static void swallow(Stream stream) throws IOException {
        byte[] bytes = new byte[CHUNK];
        int n = 0;
        while (n >= 0) {
            n = stream.read(bytes, 0, CHUNK, Deadline.in(PATIENCE));
        }
        stream.write(new byte[1], Deadline.in(PATIENCE));
    }

    @Override
    public void close() {
        host.close();
    }

    /**
     * What a run came to.
     *
     * @param tokensPerSecond of all sequences
     * @param computeSeconds that a pass of the first stage took, without waiting for the device that is stood in for
     * @param tokens of the first sequence
     */
    public record Run(double tokensPerSecond, double computeSeconds, List<Integer> tokens) {
        /** Copies the tokens. */
        public Run {
            tokens = List.copyOf(tokens);
        }
    }

    /** This node in its ring. */
    public final class Ring {
        private final PeerId nextPeer;
        private final MessageStream next;

        private Ring(PeerId nextPeer, MessageStream next) {
            this.nextPeer = nextPeer;
            this.next = next;
        }

        /** Takes part until nothing has come for a minute. */
        public void serve() throws IOException, InterruptedException {
            while (true) {
                pass(take());
            }
        }

        private RingFrame take() throws IOException, InterruptedException {
            RingFrame frame = frames.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (frame == null) {
                throw new IOException("nothing came for " + PATIENCE.toSeconds() + " s");
            }
            return frame;
        }

        private void pass(RingFrame frame) throws IOException {
            next.write(stage.run(frame).encode(), Deadline.in(PATIENCE));
        }

        /**
         * Sends {@code inFlight} batches of {@code sequences} sequences round, {@code positions} times, and measures all but the
         * first {@code warm}. Only in the first stage, and with nothing else under way.
         */
        public Run drive(int sequences, int inFlight, int positions, int warm)
                throws IOException, InterruptedException {
            long[] begin = new long[inFlight];
            double rate = 0;
            List<Integer> tokens = new ArrayList<>();
            stage.meanComputeSeconds();
            for (int g = 0; g < inFlight; g++) {
                pass(new RingFrame(g, sequences, 0, positions, new int[sequences]));
            }
            for (int left = inFlight; left > 0; ) {
                RingFrame back = take();
                int done = back.position() + 1;
                if (back.group() == 0) {
                    tokens.add(back.values()[0]);
                }
                if (done == warm) {
                    begin[back.group()] = System.nanoTime();
                }
                if (done == positions) {
                    left--;
                    rate += sequences * (positions - warm) * 1e9 / (System.nanoTime() - begin[back.group()]);
                } else {
                    pass(new RingFrame(back.group(), sequences, done, positions, back.values()));
                }
            }
            return new Run(rate, stage.meanComputeSeconds(), tokens);
        }

        /** The way to the next stage: half a round trip, and the rate at which {@code bytes} cross. */
        public Link measure(int bytes) throws IOException {
            long[] nanos = new long[PINGS];
            for (int i = 0; i < PINGS; i++) {
                nanos[i] = host.ping(nextPeer, Deadline.in(PATIENCE)).toNanos();
            }
            Arrays.sort(nanos);
            double roundTrip = nanos[PINGS / 2] / 1e9;
            cross(bytes); // so that TCP has opened its window
            double seconds = cross(bytes) - roundTrip;
            return new Link("measured", bytes / Math.max(seconds, 1e-9), roundTrip / 2);
        }

        private double cross(int bytes) throws IOException {
            byte[] chunk = new byte[CHUNK];
            try (Stream stream = host.openStream(nextPeer, SINK, Deadline.in(PATIENCE))) {
                long start = System.nanoTime();
                for (int left = bytes; left > 0; left -= CHUNK) {
                    stream.write(chunk, 0, Math.min(left, CHUNK), Deadline.in(PATIENCE));
                }
                stream.closeWrite();
                stream.readFully(chunk, 0, 1, Deadline.in(PATIENCE));
                return (System.nanoTime() - start) / 1e9;
            }
        }
    }
}
