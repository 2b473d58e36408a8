package org.hearthnet.node.p2p.host;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.PeerInfo;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.select.Duplex;
import org.hearthnet.node.p2p.select.MultistreamSelect;
import org.hearthnet.node.p2p.yamux.YamuxSession;
import org.hearthnet.node.p2p.yamux.YamuxStream;
import org.jspecify.annotations.Nullable;

/** One connection: a yamux session with a name and a place in the host's table. */
final class PeerConnection implements Connection {
    private final PeerId remotePeer;
    private final Multiaddr remoteAddress;
    private final InetAddress remoteIp;
    private final boolean outbound;
    private final CountDownLatch announced = new CountDownLatch(1);
    private volatile @Nullable YamuxSession session;
    private volatile @Nullable PeerInfo peerInfo;
    private volatile long activeNanos = System.nanoTime();

    PeerConnection(PeerId remotePeer, Multiaddr remoteAddress, InetAddress remoteIp, boolean outbound) {
        this.remotePeer = remotePeer;
        this.remoteAddress = remoteAddress;
        this.remoteIp = remoteIp;
        this.outbound = outbound;
    }

    /** The session needs its connection to be made first; called once, before anyone else sees this. */
    void attach(YamuxSession made) {
        session = made;
    }

    private YamuxSession session() {
        YamuxSession made = session;
        if (made == null) {
            throw new IllegalStateException("no session attached");
        }
        return made;
    }

    void start() {
        session().start("p2p-" + remotePeer);
    }

    InetAddress remoteIp() {
        return remoteIp;
    }

    /** Listeners hear of the beginning of a connection before they hear of its end. */
    CountDownLatch announced() {
        return announced;
    }

    HostStream wrap(YamuxStream stream) {
        activeNanos = System.nanoTime();
        return new HostStream(this, stream);
    }

    /** How long there has been no stream; zero while there is one. */
    long idleNanos(long nowNanos) {
        if (streams() > 0) {
            activeNanos = nowNanos;
        }
        return nowNanos - activeNanos;
    }

    void identified(PeerInfo info) {
        peerInfo = info;
    }

    @Override
    public PeerId remotePeer() {
        return remotePeer;
    }

    @Override
    public Multiaddr remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean outbound() {
        return outbound;
    }

    @Override
    public boolean isOpen() {
        return session().isOpen();
    }

    @Override
    public int streams() {
        return session().streams();
    }

    @Override
    public Optional<PeerInfo> peerInfo() {
        return Optional.ofNullable(peerInfo);
    }

    @Override
    public Optional<Duration> roundTrip() {
        return session().roundTrip();
    }

    @Override
    public Stream openStream(List<String> protocols, Deadline deadline) throws P2pException {
        HostStream stream = wrap(session().open());
        try {
            stream.negotiated(MultistreamSelect.propose(Duplex.of(stream, deadline), protocols));
            return stream;
        } catch (IOException e) {
            stream.reset();
            throw P2pException.of("open a stream", e);
        } catch (RuntimeException e) {
            stream.reset();
            throw e;
        }
    }

    @Override
    public void close() {
        session().close();
    }

    @Override
    public String toString() {
        return (outbound ? "to " : "from ") + remotePeer + " at " + remoteAddress;
    }
}
