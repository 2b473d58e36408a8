package org.hearthnet.node.p2p.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;

/**
 * Throughput of one stream and the round trip of small messages over TCP, noise and yamux.
 *
 * <p>{@code serve} prints an address and waits for its standard input to end; {@code run ADDRESS} measures against it;
 * without arguments both ends run in this process.
 */
public final class LoopbackBench {
    private static final String ECHO = "/bench/echo/1.0.0";
    private static final String SINK = "/bench/sink/1.0.0";
    private static final int CHUNK = 64 * 1024;
    private static final long TRANSFER_BYTES = 1L << 30;
    private static final int SMALL = 64;
    private static final int ROUNDS = 20_000;
    private static final int REPEATS = 5;

    private LoopbackBench() {}

    public static void main(String[] args) throws IOException {
        switch (args.length == 0 ? "both" : args[0]) {
            case "serve" -> serve(System.out);
            case "run" -> run(Multiaddr.parse(args[1]), System.out);
            case "both" -> both(System.out);
            default -> throw new IllegalArgumentException("serve | run ADDRESS");
        }
    }

    private static void both(PrintStream out) throws IOException {
        try (Host server = server()) {
            run(address(server), out);
        }
    }

    private static void serve(PrintStream out) throws IOException {
        try (Host server = server()) {
            out.println(address(server));
            while (System.in.read() >= 0) {
                // Only the end of the input matters.
            }
        }
    }

    private static Host server() throws IOException {
        Identity identity = Identity.generate(new SecureRandom());
        Host host = Libp2pHost.start(HostConfig.of(identity, List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
        host.handle(ECHO, LoopbackBench::echo);
        host.handle(SINK, LoopbackBench::sink);
        return host;
    }

    private static Multiaddr address(Host host) {
        return host.listenAddresses().getFirst().withPeer(host.id());
    }

    private static void echo(Stream stream) throws P2pException {
        byte[] bytes = new byte[CHUNK];
        for (int n = stream.read(bytes, 0, CHUNK, patience()); n >= 0; n = stream.read(bytes, 0, CHUNK, patience())) {
            stream.write(bytes, 0, n, patience());
        }
    }

    private static void sink(Stream stream) throws P2pException {
        byte[] bytes = new byte[CHUNK];
        long total = 0;
        for (int n = 0; n >= 0; n = stream.read(bytes, 0, CHUNK, patience())) {
            total += n;
        }
        stream.write(Long.toString(total).getBytes(java.nio.charset.StandardCharsets.UTF_8), patience());
    }

    private static void run(Multiaddr server, PrintStream out) throws IOException {
        Identity identity = Identity.generate(new SecureRandom());
        try (Host host = Libp2pHost.start(HostConfig.of(identity, List.of()))) {
            PeerId peer = host.dial(server, patience()).remotePeer();
            for (int i = 0; i < REPEATS; i++) {
                out.printf("one stream: %.0f MB/s%n", megabytesPerSecond(host, peer));
                long[] nanos = roundTrips(host, peer);
                out.printf(
                        "64-byte echo: p50 %.0f us, p99 %.0f us%n",
                        nanos[ROUNDS / 2] / 1e3, nanos[ROUNDS * 99 / 100] / 1e3);
            }
        }
    }

    private static double megabytesPerSecond(Host host, PeerId peer) throws P2pException {
        byte[] chunk = new byte[CHUNK];
        try (Stream stream = host.openStream(peer, SINK, patience())) {
            long start = System.nanoTime();
            for (long sent = 0; sent < TRANSFER_BYTES; sent += CHUNK) {
                stream.write(chunk, patience());
            }
            stream.closeWrite();
            stream.read(chunk, 0, CHUNK, patience());
            return TRANSFER_BYTES * 1e3 / (System.nanoTime() - start);
        }
    }

    private static long[] roundTrips(Host host, PeerId peer) throws P2pException {
        byte[] bytes = new byte[SMALL];
        long[] nanos = new long[ROUNDS];
        try (Stream stream = host.openStream(peer, ECHO, patience())) {
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                stream.write(bytes, patience());
                stream.readFully(bytes, 0, SMALL, patience());
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static Deadline patience() {
        return Deadline.in(Duration.ofMinutes(1));
    }
}
