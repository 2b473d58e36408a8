package org.hearthnet.node.p2p;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A secured and multiplexed connection with one peer. */
public interface Connection extends AutoCloseable {
    PeerId remotePeer();

    /** The address of the other end, without its peer id. */
    Multiaddr remoteAddress();

    /** Whether this side dialled. */
    boolean outbound();

    boolean isOpen();

    /** Streams that are open now, both ways. */
    int streams();

    /** What the peer said of itself, once the identify exchange is over. */
    Optional<PeerInfo> peerInfo();

    /** The last measured round trip, if any yet. */
    Optional<Duration> roundTrip();

    /**
     * Opens a stream and negotiates the first of {@code protocols} that the other side supports.
     *
     * @throws P2pException UNSUPPORTED, DEADLINE, LIMIT, CLOSED or PROTOCOL
     */
    Stream openStream(List<String> protocols, Deadline deadline) throws P2pException;

    /** Says goodbye and ends all streams; what is under way may be lost. Returns at once. */
    @Override
    void close();
}
