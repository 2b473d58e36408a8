package org.hearthnet.node.p2p.host;

import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.yamux.YamuxStream;

/** A yamux stream with its peer and, once negotiated, its protocol. */
final class HostStream implements Stream {
    private final PeerConnection connection;
    private final YamuxStream stream;
    private volatile String protocol = "";

    HostStream(PeerConnection connection, YamuxStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    void negotiated(String chosen) {
        protocol = chosen;
    }

    @Override
    public PeerId remotePeer() {
        return connection.remotePeer();
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public int read(byte[] into, int offset, int length, Deadline deadline) throws P2pException {
        return stream.read(into, offset, length, deadline);
    }

    @Override
    public void write(byte[] from, int offset, int length, Deadline deadline) throws P2pException {
        stream.write(from, offset, length, deadline);
    }

    @Override
    public void closeWrite() {
        stream.closeWrite();
    }

    @Override
    public void reset() {
        stream.reset();
    }

    @Override
    public void close() {
        stream.close();
    }

    @Override
    public String toString() {
        return protocol + " with " + remotePeer() + " (" + stream.id() + ")";
    }
}
