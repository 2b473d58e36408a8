package org.hearthnet.node.p2p.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hearthnet.node.p2p.BackOff;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.ConnectionListener;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;

/**
 * Keeps a host connected with the peers at some addresses (bootstrap nodes): dials each, and again with growing delays
 * whenever its connection is lost. One virtual thread for each address.
 */
public final class ConnectionKeeper implements AutoCloseable {
    private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(30);

    private final Host host;
    private final Supplier<BackOff> backOffs;
    private final List<Thread> threads;
    private volatile boolean closed;

    /** @param addresses where to connect; better with the peer id than without */
    public ConnectionKeeper(Host host, List<Multiaddr> addresses, Supplier<BackOff> backOffs) {
        this.host = host;
        this.backOffs = backOffs;
        for (Multiaddr address : addresses) {
            if (address.peer().isPresent()) {
                host.addressBook().addPermanent(address);
            }
        }
        this.threads = addresses.stream()
                .distinct()
                .filter(address -> !address.peer().equals(Optional.of(host.id())))
                .map(address -> Thread.ofVirtual().name("p2p-keep").unstarted(() -> keep(address)))
                .toList();
        threads.forEach(Thread::start);
    }

    /** Stops dialling; connections stay as they are. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    private void keep(Multiaddr address) {
        BackOff backOff = backOffs.get();
        try {
            while (!closed) {
                try {
                    PeerId peer = host.dial(address, Deadline.in(DIAL_TIMEOUT)).remotePeer();
                    awaitLoss(peer, backOff);
                } catch (P2pException e) {
                    // The peer is away, full, or refuses; only trying again tells.
                }
                Thread.sleep(backOff.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only a connection that lasts counts as a success: a peer that hangs up at once is not to be called at once again. */
    private void awaitLoss(PeerId peer, BackOff backOff) throws InterruptedException {
        CountDownLatch lost = new CountDownLatch(1);
        ConnectionListener listener = new ConnectionListener() {
            @Override
            public void disconnected(Connection connection) {
                if (connection.remotePeer().equals(peer)
                        && host.connection(peer).isEmpty()) {
                    lost.countDown();
                }
            }
        };
        host.addListener(listener);
        try {
            if (host.connection(peer).isEmpty()) {
                return;
            }
            if (!lost.await(backOff.longest().toNanos(), TimeUnit.NANOSECONDS)) {
                backOff.reset();
                lost.await();
            }
        } finally {
            host.removeListener(listener);
        }
    }
}
