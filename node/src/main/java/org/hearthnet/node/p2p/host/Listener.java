package org.hearthnet.node.p2p.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.hearthnet.node.p2p.Multiaddr;

/** Accepts TCP connections at one address; each is greeted on a virtual thread of its own if there is a place for it. */
final class Listener {
    /** When the process is out of file descriptors, accepting fails at once; trying on without a pause would spin. */
    private static final long PAUSE_MILLIS = 50;

    /** How long closing waits for a thread inside accept; it only has to notice. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final ServerSocketChannel server;
    private final ConnectionTable table;
    private final Greeter greeter;
    private final Thread acceptor = Thread.ofVirtual().name("p2p-accept").unstarted(this::acceptLoop);

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
        acceptor.start();
    }

    List<Multiaddr> addresses() throws IOException {
        return TcpTransport.reachable((InetSocketAddress) server.getLocalAddress());
    }

    /**
     * Gives the port back. While a virtual thread is inside accept, closing only marks the channel: the kernel goes on taking
     * connections until that thread has left, so the port is free, and dials to it are refused, only after that.
     */
    void close() {
        TcpTransport.closeQuietly(server);
        try {
            if (acceptor.isAlive()) {
                acceptor.join(FAREWELL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
