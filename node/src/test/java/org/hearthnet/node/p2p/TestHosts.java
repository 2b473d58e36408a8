package org.hearthnet.node.p2p;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;

/** What tests of hosts share. Deadlines here only keep a broken test from hanging. */
public final class TestHosts {
    public static final Multiaddr LOOPBACK = parse("/ip4/127.0.0.1/tcp/0");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestHosts() {}

    public static Deadline soon() {
        return Deadline.in(PATIENCE);
    }

    public static Multiaddr parse(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static Identity identity(long seed) {
        return Identity.ofSeed(ByteBuffer.allocate(32).putLong(seed).array());
    }

    /** A host that listens on the loopback interface. */
    public static Libp2pHost start(long seed) throws IOException {
        return start(seed, config -> config);
    }

    public static Libp2pHost start(long seed, UnaryOperator<HostConfig> change) throws IOException {
        return Libp2pHost.start(change.apply(HostConfig.of(identity(seed), List.of(LOOPBACK))));
    }

    /**
     * A host that can be started again on its port: one below the ephemeral range, which no other connection of this machine
     * draws as its source.
     */
    public static Libp2pHost startOnKeptPort(long seed) throws IOException {
        for (int attempt = 0; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try {
                return Libp2pHost.start(
                        HostConfig.of(identity(seed), List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port))));
            } catch (BindException e) {
                if (attempt == 50) {
                    throw e;
                }
            }
        }
    }

    public static Multiaddr address(Host host) {
        return host.listenAddresses().getFirst().withPeer(host.id());
    }

    public static void echo(Stream stream) throws P2pException {
        byte[] bytes = new byte[64 * 1024];
        for (int n = 0; n >= 0; n = stream.read(bytes, 0, bytes.length, soon())) {
            stream.write(bytes, 0, n, soon());
        }
    }

    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Deadline deadline = soon();
        while (!condition.getAsBoolean()) {
            if (deadline.expired()) {
                fail("never happened: " + what);
            }
            Thread.sleep(5);
        }
    }

    public static <T> T awaitPresent(Supplier<Optional<T>> value) throws InterruptedException {
        await("value", () -> value.get().isPresent());
        return value.get().orElseThrow();
    }
}
