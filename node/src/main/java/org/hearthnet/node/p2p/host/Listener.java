package org.hearthnet.node.p2p.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.hearthnet.node.p2p.Multiaddr;

/** Accepts TCP connections at one address; each is greeted on a virtual thread of its own if there is a place for it. */
final class Listener {
    /** When the process is out of file descriptors, accepting fails at once; trying on without a pause would spin. */
    private static final long PAUSE_MILLIS = 50;

    private final ServerSocketChannel server;
    private final ConnectionTable table;
    private final Greeter greeter;

    /** Takes over an accepted socket with a reserved place; returns whether a connection came of it. */
    interface Greeter {
        boolean greet(SocketChannel socket, InetSocketAddress remote);
    }

    Listener(Multiaddr address, ConnectionTable table, Greeter greeter) throws IOException {
        this.server = TcpTransport.listen(address);
        this.table = table;
        this.greeter = greeter;
    }

    void start() {
        Thread.ofVirtual().name("p2p-accept").start(this::acceptLoop);
    }

    List<Multiaddr> addresses() throws IOException {
        return TcpTransport.reachable((InetSocketAddress) server.getLocalAddress());
    }

    void close() {
        TcpTransport.closeQuietly(server);
    }

    private void acceptLoop() {
        while (server.isOpen()) {
            try {
                accepted(server.accept());
            } catch (IOException e) {
                pause();
            }
        }
    }

    private void accepted(SocketChannel socket) throws IOException {
        if (!(socket.getRemoteAddress() instanceof InetSocketAddress remote)
                || !table.reserveInbound(remote.getAddress())) {
            TcpTransport.closeQuietly(socket);
            return;
        }
        Thread.ofVirtual().name("p2p-greet").start(() -> greet(socket, remote));
    }

    private void greet(SocketChannel socket, InetSocketAddress remote) {
        InetAddress address = remote.getAddress();
        boolean connected = false;
        try {
            connected = greeter.greet(socket, remote);
        } finally {
            table.handshakeOver(address, connected);
            if (!connected) {
                TcpTransport.closeQuietly(socket);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
