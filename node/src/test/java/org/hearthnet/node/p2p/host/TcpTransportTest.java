package org.hearthnet.node.p2p.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.TestHosts;
import org.junit.jupiter.api.Test;

class TcpTransportTest {
    @Test
    void knowsAConnectionThatMetItself() throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.connect(channel.getLocalAddress());
            assertTrue(TcpTransport.meetsItself(channel));
        }
    }

    @Test
    void reachesAnother() throws Exception {
        try (ServerSocketChannel server = TcpTransport.listen(TestHosts.LOOPBACK);
                SocketChannel channel = TcpTransport.dial(
                        Multiaddr.tcp((InetSocketAddress) server.getLocalAddress()), TestHosts.soon())) {
            assertFalse(TcpTransport.meetsItself(channel));
        }
    }
}
