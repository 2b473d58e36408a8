package org.hearthnet.node.p2p.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.hearthnet.node.p2p.BackOff;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.TestHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConnectionKeeperTest {
    private static BackOff fast() {
        return new BackOff(Duration.ofMillis(10), Duration.ofMillis(50), () -> 1.0);
    }

    @Test
    void comesBackAfterEveryLoss() throws Exception {
        Libp2pHost bootstrap = TestHosts.startOnKeptPort(1);
        Multiaddr address = TestHosts.address(bootstrap);
        try (Libp2pHost host = TestHosts.start(2);
                ConnectionKeeper keeper = new ConnectionKeeper(
                        host, List.of(address, TestHosts.address(host)), ConnectionKeeperTest::fast)) {
            TestHosts.await("connected", () -> host.connection(bootstrap.id()).isPresent());
            TestHosts.await("accepted", () -> bootstrap.connection(host.id()).isPresent());
            bootstrap.disconnect(host.id());
            TestHosts.await("lost", () -> bootstrap.connection(host.id()).isEmpty());
            TestHosts.await(
                    "connected again", () -> bootstrap.connection(host.id()).isPresent());
            bootstrap.close();
            TestHosts.await("alone", () -> host.connection(bootstrap.id()).isEmpty());
            HostConfig again = HostConfig.of(TestHosts.identity(1), List.of(address.withoutPeer()));
            try (Libp2pHost restarted = Libp2pHost.start(again)) {
                TestHosts.await(
                        "connected to the new",
                        () -> restarted.connection(host.id()).isPresent());
                keeper.close();
                restarted.disconnect(host.id());
                TestHosts.await("stays away", () -> host.connections().isEmpty());
            }
            assertEquals(List.of(address.withoutPeer()), host.addressBook().addresses(bootstrap.id()));
        }
    }
}
