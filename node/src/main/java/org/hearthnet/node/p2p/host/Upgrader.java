package org.hearthnet.node.p2p.host;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.SecureChannel;
import org.hearthnet.node.p2p.Timer;
import org.hearthnet.node.p2p.noise.NoiseHandshake;
import org.hearthnet.node.p2p.select.Duplex;
import org.hearthnet.node.p2p.select.MultistreamSelect;

/**
 * Makes a secured channel, ready for yamux, of a bare connection (<a
 * href="https://github.com/libp2p/specs/blob/master/connections/README.md">connections</a>): negotiates noise, shakes
 * hands, and negotiates the multiplexer unless the handshake already has. A channel that is not ready in time is closed.
 */
final class Upgrader {
    static final String YAMUX = "/yamux/1.0.0";

    private final NoiseHandshake noise;
    private final Timer timer;

    Upgrader(Identity identity, SecureRandom random, Timer timer) {
        this.noise = new NoiseHandshake(identity, List.of(YAMUX), random);
        this.timer = timer;
    }

    /** A peer that proved who it is, and the channel with it. */
    record Upgraded(PeerId peer, SecureChannel channel) {}

    Upgraded outbound(ByteChannel channel, Optional<PeerId> expected, Deadline deadline) throws P2pException {
        return inTime(channel, deadline, () -> {
            MultistreamSelect.propose(Duplex.of(channel), List.of(NoiseHandshake.PROTOCOL));
            return select(noise.initiate(channel, expected), true);
        });
    }

    Upgraded inbound(ByteChannel channel, Deadline deadline) throws P2pException {
        return inTime(channel, deadline, () -> {
            MultistreamSelect.answer(Duplex.of(channel), NoiseHandshake.PROTOCOL::equals);
            return select(noise.respond(channel), false);
        });
    }

    private static Upgraded select(NoiseHandshake.Result secured, boolean outbound) throws IOException {
        NegotiatedChannel channel = new NegotiatedChannel(secured.channel());
        if (secured.muxer().isEmpty()) {
            if (outbound) {
                MultistreamSelect.propose(channel, List.of(YAMUX));
            } else {
                MultistreamSelect.answer(channel, YAMUX::equals);
            }
        }
        return new Upgraded(secured.remotePeer(), channel);
    }

    private interface Steps {
        Upgraded run() throws IOException;
    }

    /** Blocking reads have no timeout; closing the channel ends them. */
    private Upgraded inTime(ByteChannel channel, Deadline deadline, Steps steps) throws P2pException {
        AtomicBoolean late = new AtomicBoolean();
        Timer.Task watch = timer.after(deadline.remainingNanos(), () -> {
            late.set(true);
            TcpTransport.closeQuietly(channel);
        });
        if (watch == null) {
            TcpTransport.closeQuietly(channel);
            throw P2pException.closed("host");
        }
        try {
            return steps.run();
        } catch (IOException e) {
            TcpTransport.closeQuietly(channel);
            throw late.get() ? P2pException.deadline("handshake") : P2pException.of("handshake", e);
        } catch (RuntimeException e) {
            TcpTransport.closeQuietly(channel);
            throw e;
        } finally {
            watch.cancel();
        }
    }
}
