package org.hearthnet.node.p2p.identify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.PeerInfo;
import org.hearthnet.node.p2p.PublicKey;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.wire.ProtoReader;
import org.hearthnet.node.p2p.wire.ProtoWriter;
import org.hearthnet.node.p2p.wire.WireException;

/**
 * The message of {@code /ipfs/id/1.0.0} and {@code /ipfs/id/push/1.0.0} (<a
 * href="https://github.com/libp2p/specs/blob/master/identify/README.md">identify</a>).
 */
public final class Identify {
    public static final String PROTOCOL = "/ipfs/id/1.0.0";
    public static final String PUSH_PROTOCOL = "/ipfs/id/push/1.0.0";
    /** The most bytes of a message. */
    public static final int MAX_MESSAGE = 8192;

    static final int MAX_ADDRESSES = 32;
    static final int MAX_PROTOCOLS = 256;
    private static final int MAX_TEXT = 256;

    private Identify() {}

    /** Reads the message that the other side sends on the stream. */
    public static PeerInfo receive(Stream stream, Deadline deadline) throws P2pException {
        byte[] message = new MessageStream(stream).read(MAX_MESSAGE, deadline);
        if (message == null) {
            throw P2pException.protocol("identify without a message");
        }
        try {
            return decode(message, stream.remotePeer());
        } catch (WireException e) {
            throw P2pException.of("identify", e);
        }
    }

    public static void send(Stream stream, PublicKey key, PeerInfo info, Deadline deadline) throws P2pException {
        new MessageStream(stream).write(encode(key, info), deadline);
        stream.closeWrite();
    }

    static byte[] encode(PublicKey key, PeerInfo info) {
        ProtoWriter out = new ProtoWriter().bytes(1, key.toProtobuf());
        info.listenAddresses().forEach(address -> out.bytes(2, address.toBytes()));
        info.protocols().forEach(protocol -> out.string(3, protocol));
        info.observedAddress().ifPresent(address -> out.bytes(4, address.toBytes()));
        return out.string(5, info.protocolVersion())
                .string(6, info.agentVersion())
                .toBytes();
    }

    /** Addresses of kinds that are not understood are left out; a key that is not the peer's is refused. */
    static PeerInfo decode(byte[] message, PeerId peer) throws WireException {
        ProtoReader in = new ProtoReader(message);
        List<Multiaddr> addresses = new ArrayList<>();
        List<String> protocols = new ArrayList<>();
        List<Multiaddr> observed = new ArrayList<>();
        String protocolVersion = "";
        String agentVersion = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> requireKey(in.bytes(MAX_MESSAGE), peer);
                case 2 -> addAddress(addresses, in.bytes(MAX_MESSAGE));
                case 3 -> addProtocol(protocols, in.string(MAX_TEXT));
                case 4 -> addAddress(observed, in.bytes(MAX_MESSAGE));
                case 5 -> protocolVersion = in.string(MAX_TEXT);
                case 6 -> agentVersion = in.string(MAX_TEXT);
                default -> in.skip();
            }
        }
        Optional<Multiaddr> seen = observed.stream().findFirst();
        return new PeerInfo(addresses, protocols, protocolVersion, agentVersion, seen);
    }

    private static void requireKey(byte[] key, PeerId peer) throws WireException {
        if (!PeerId.of(PublicKey.fromProtobuf(key)).equals(peer)) {
            throw new WireException("identify with another peer's key");
        }
    }

    private static void addAddress(List<Multiaddr> addresses, byte[] bytes) {
        try {
            if (addresses.size() < MAX_ADDRESSES) {
                addresses.add(Multiaddr.ofBytes(bytes));
            }
        } catch (WireException e) {
            // Peers also listen in ways that are unknown here; that is no reason to refuse the rest.
        }
    }

    private static void addProtocol(List<String> protocols, String protocol) throws WireException {
        if (protocols.size() >= MAX_PROTOCOLS) {
            throw new WireException("identify with more than " + MAX_PROTOCOLS + " protocols");
        }
        protocols.add(protocol);
    }
}
