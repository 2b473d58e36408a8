package org.hearthnet.node.p2p.host;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.MultiaddrPart;
import org.hearthnet.node.p2p.P2pException;

/** TCP sockets by multiaddr. */
final class TcpTransport {
    private static final int BACKLOG = 128;

    private TcpTransport() {}

    static ServerSocketChannel listen(Multiaddr address) throws IOException {
        InetSocketAddress socket = resolve(address);
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return server.bind(socket, BACKLOG);
        } catch (IOException | RuntimeException e) {
            closeQuietly(server);
            throw e;
        }
    }

    /** Connects; the name, if it is one, is looked up now. */
    static SocketChannel dial(Multiaddr address, Deadline deadline) throws P2pException {
        try {
            InetSocketAddress socket = resolve(address);
            SocketChannel channel = SocketChannel.open();
            try {
                channel.socket().connect(socket, (int) Math.max(1, Math.min(60_000, deadline.remainingMillis())));
                if (meetsItself(channel)) {
                    throw new IOException("nobody listens there: the connection met itself");
                }
                configure(channel);
                return channel;
            } catch (IOException | RuntimeException e) {
                closeQuietly(channel);
                throw e;
            }
        } catch (IOException e) {
            throw new P2pException(P2pException.Reason.UNREACHABLE, address + ": " + e.getMessage(), e);
        }
    }

    /**
     * Whether both ends are one socket: dialling a port that nobody holds from the range of ephemeral ports, on one machine,
     * now and then draws that port as the source, and TCP opens both ways at once (RFC 9293, section 3.5).
     */
    static boolean meetsItself(SocketChannel channel) throws IOException {
        return channel.getLocalAddress().equals(channel.getRemoteAddress());
    }

    static void configure(SocketChannel channel) throws IOException {
        // The multiplexer batches small writes itself; Nagle's algorithm would only delay the last of them.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }

    /** The addresses at which a bound socket is reached: its own, or those of all interfaces if it is a wildcard. */
    static List<Multiaddr> reachable(InetSocketAddress bound) throws IOException {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return List.of(Multiaddr.tcp(bound));
        }
        boolean ip6 = bound.getAddress() instanceof Inet6Address;
        List<Multiaddr> addresses = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                boolean sameFamily = address instanceof Inet6Address == ip6;
                if (network.isUp() && sameFamily && !address.isLinkLocalAddress()) {
                    addresses.add(Multiaddr.tcp(new InetSocketAddress(address, bound.getPort())));
                }
            }
        }
        return addresses;
    }

    private static InetSocketAddress resolve(Multiaddr address) throws IOException {
        InetSocketAddress target = address.tcpTarget()
                .orElseThrow(() -> new P2pException(P2pException.Reason.UNREACHABLE, "not a TCP address: " + address));
        return new InetSocketAddress(
                lookUp(target.getHostString(), address.parts().getFirst().code()), target.getPort());
    }

    private static InetAddress lookUp(String host, MultiaddrPart.Code code) throws IOException {
        for (InetAddress found : InetAddress.getAllByName(host)) {
            boolean ip6 = found instanceof Inet6Address;
            if (!(code == MultiaddrPart.Code.DNS4 && ip6) && !(code == MultiaddrPart.Code.DNS6 && !ip6)) {
                return found;
            }
        }
        throw new P2pException(P2pException.Reason.UNREACHABLE, host + " has no address of the wanted kind");
    }

    static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // There is nothing left to save on a channel that is given up.
        }
    }
}
