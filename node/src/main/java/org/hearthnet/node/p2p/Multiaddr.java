package org.hearthnet.node.p2p;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.node.p2p.wire.Uvarint;
import org.hearthnet.node.p2p.wire.WireException;

/**
 * A self-describing network address such as {@code /ip4/192.0.2.1/tcp/4001/p2p/12D3KooW...} (<a
 * href="https://github.com/multiformats/multiaddr">multiaddr</a>). Only the parts in {@link MultiaddrPart.Code} are
 * known and anything else is refused. Every address has one text and one binary form, and both are bounded.
 */
public final class Multiaddr {
    /** The most parts of an address. */
    public static final int MAX_PARTS = 8;
    /** The most bytes of the binary form. */
    public static final int MAX_BYTES = 512;
    /** The most characters of the text form. */
    public static final int MAX_TEXT = 1024;

    private final List<MultiaddrPart> parts;

    private Multiaddr(List<MultiaddrPart> parts) throws WireException {
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw new WireException("a multiaddr has 1 to " + MAX_PARTS + " parts, not " + parts.size());
        }
        this.parts = List.copyOf(parts);
        if (toBytes().length > MAX_BYTES) {
            throw new WireException("multiaddr is longer than " + MAX_BYTES + " bytes");
        }
    }

    public static Multiaddr parse(String text) throws WireException {
        if (text.length() > MAX_TEXT || !text.startsWith("/")) {
            throw new WireException("a multiaddr starts with / and has at most " + MAX_TEXT + " characters");
        }
        String[] words = text.substring(1).split("/", 2 * MAX_PARTS + 2);
        if (words.length % 2 != 0) {
            throw new WireException("a multiaddr is a row of /protocol/value pairs: " + text);
        }
        List<MultiaddrPart> parts = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            parts.add(MultiaddrPart.parse(words[i], words[i + 1]));
        }
        return new Multiaddr(parts);
    }

    public static Multiaddr ofBytes(byte[] bytes) throws WireException {
        if (bytes.length > MAX_BYTES) {
            throw new WireException("multiaddr is longer than " + MAX_BYTES + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<MultiaddrPart> parts = new ArrayList<>();
        while (in.hasRemaining()) {
            parts.add(MultiaddrPart.read(in));
        }
        return new Multiaddr(parts);
    }

    /** {@code /ip4/.../tcp/...} or {@code /ip6/.../tcp/...} of a resolved socket address. */
    public static Multiaddr tcp(InetSocketAddress socket) {
        try {
            return new Multiaddr(List.of(ip(socket.getAddress()), MultiaddrPart.tcp(socket.getPort())));
        } catch (WireException e) {
            throw new IllegalArgumentException("not a TCP address: " + socket, e);
        }
    }

    private static MultiaddrPart ip(InetAddress address) throws WireException {
        byte[] raw = address.getAddress();
        return new MultiaddrPart(raw.length == 4 ? MultiaddrPart.Code.IP4 : MultiaddrPart.Code.IP6, raw);
    }

    /** This address with {@code /p2p/peer} at its end, in place of the one it may have. */
    public Multiaddr withPeer(PeerId peer) {
        try {
            List<MultiaddrPart> longer = new ArrayList<>(withoutPeer().parts);
            longer.add(new MultiaddrPart(MultiaddrPart.Code.P2P, peer.toBytes()));
            return new Multiaddr(longer);
        } catch (WireException e) {
            throw new IllegalStateException("no room for a peer id in " + this, e);
        }
    }

    /** This address without its trailing {@code /p2p/...}; an address that is nothing else stays as it is. */
    public Multiaddr withoutPeer() {
        if (peer().isEmpty() || parts.size() == 1) {
            return this;
        }
        try {
            return new Multiaddr(parts.subList(0, parts.size() - 1));
        } catch (WireException e) {
            throw new IllegalStateException("a part of a valid address is valid", e);
        }
    }

    public Optional<PeerId> peer() {
        MultiaddrPart last = parts.getLast();
        return last.code() == MultiaddrPart.Code.P2P ? Optional.of(last.peer()) : Optional.empty();
    }

    /** Host (IP address or DNS name) and port, if this is something to dial by TCP: unresolved. */
    public Optional<InetSocketAddress> tcpTarget() {
        List<MultiaddrPart> target = withoutPeer().parts;
        if (target.size() != 2
                || target.get(1).code() != MultiaddrPart.Code.TCP
                || !target.get(0).isHost()) {
            return Optional.empty();
        }
        return Optional.of(InetSocketAddress.createUnresolved(
                target.get(0).text(), target.get(1).port()));
    }

    public List<MultiaddrPart> parts() {
        return parts;
    }

    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (MultiaddrPart part : parts) {
            out.writeBytes(Uvarint.encode(part.code().number()));
            if (part.code().size() < 0) {
                out.writeBytes(Uvarint.encode(part.value().length));
            }
            out.writeBytes(part.value());
        }
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multiaddr that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (MultiaddrPart part : parts) {
            text.append('/').append(part.code().text()).append('/').append(part.text());
        }
        return text.toString();
    }
}
