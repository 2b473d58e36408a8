package org.hearthnet.node.p2p.identify;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.Stream;

/** {@code /ipfs/ping/1.0.0}: 32 bytes there and back (<a href="https://github.com/libp2p/specs/blob/master/ping/ping.md">ping</a>). */
public final class Ping {
    public static final String PROTOCOL = "/ipfs/ping/1.0.0";
    private static final int SIZE = 32;
    /** A pinging peer that is silent for so long has gone. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    private Ping() {}

    /** One round trip over a fresh stream. */
    public static Duration measure(Stream stream, SecureRandom random, Deadline deadline) throws P2pException {
        byte[] sent = new byte[SIZE];
        byte[] received = new byte[SIZE];
        random.nextBytes(sent);
        long start = System.nanoTime();
        stream.write(sent, deadline);
        stream.readFully(received, 0, SIZE, deadline);
        if (!Arrays.equals(sent, received)) {
            throw P2pException.protocol("ping answered with other bytes");
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Echoes until the other side finishes. */
    public static void serve(Stream stream) throws P2pException {
        byte[] bytes = new byte[SIZE];
        while (true) {
            Deadline deadline = Deadline.in(IDLE);
            int n = stream.read(bytes, 0, SIZE, deadline);
            if (n < 0) {
                return;
            }
            stream.write(bytes, 0, n, deadline);
        }
    }
}
