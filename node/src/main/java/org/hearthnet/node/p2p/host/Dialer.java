package org.hearthnet.node.p2p.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.P2pException.Reason;
import org.hearthnet.node.p2p.PeerId;

/**
 * Dials on threads of its own, so that a caller can give up at its deadline while a slow name server or peer does not.
 * Callers that want the same peer share one attempt. A peer's addresses are tried one after another with a short
 * stagger, not waiting for the failure of the one before (RFC 8305), and the first connection wins.
 */
final class Dialer {
    /** Addresses tried for a peer. */
    private static final int MAX_ADDRESSES = 16;

    private final Map<PeerId, CompletableFuture<PeerConnection>> underWay = new ConcurrentHashMap<>();
    private final Semaphore places;
    private final HostTimes times;
    private final Attempt attempt;

    /** Connects to one address and shakes hands, all within the deadline. */
    interface Attempt {
        PeerConnection connect(Multiaddr address, Optional<PeerId> expected, Deadline deadline) throws P2pException;
    }

    Dialer(HostLimits limits, HostTimes times, Attempt attempt) {
        this.places = new Semaphore(limits.maxDials());
        this.times = times;
        this.attempt = attempt;
    }

    PeerConnection dial(PeerId peer, List<Multiaddr> addresses, Deadline deadline) throws P2pException {
        CompletableFuture<PeerConnection> mine = new CompletableFuture<>();
        CompletableFuture<PeerConnection> shared = underWay.putIfAbsent(peer, mine);
        if (shared != null) {
            return await(shared, deadline);
        }
        mine.whenComplete((connection, failure) -> underWay.remove(peer, mine));
        start(mine, addresses, Optional.of(peer));
        return await(mine, deadline);
    }

    PeerConnection dialAnyone(Multiaddr address, Deadline deadline) throws P2pException {
        CompletableFuture<PeerConnection> mine = new CompletableFuture<>();
        start(mine, List.of(address), Optional.empty());
        return await(mine, deadline);
    }

    private void start(CompletableFuture<PeerConnection> result, List<Multiaddr> addresses, Optional<PeerId> expected) {
        if (!places.tryAcquire()) {
            result.completeExceptionally(new P2pException(Reason.LIMIT, "too many dials under way"));
            return;
        }
        Thread.ofVirtual().name("p2p-dial").start(() -> {
            try {
                result.complete(race(addresses, expected, Deadline.in(times.dial())));
            } catch (P2pException | RuntimeException e) {
                result.completeExceptionally(e);
            } finally {
                places.release();
            }
        });
    }

    private PeerConnection race(List<Multiaddr> addresses, Optional<PeerId> expected, Deadline deadline)
            throws P2pException {
        if (addresses.isEmpty()) {
            throw new P2pException(Reason.UNREACHABLE, "no address is known of " + expected.orElseThrow());
        }
        List<Callable<PeerConnection>> attempts = new ArrayList<>();
        for (Multiaddr address : addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()))) {
            Duration delay = times.stagger().multipliedBy(attempts.size());
            attempts.add(() -> {
                Thread.sleep(delay);
                return attempt.connect(address, expected, deadline);
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                return threads.invokeAny(attempts, deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            } finally {
                threads.shutdownNow();
            }
        } catch (TimeoutException e) {
            throw P2pException.deadline("dial");
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw P2pException.interrupted("dial");
        }
    }

    private static PeerConnection await(CompletableFuture<PeerConnection> dial, Deadline deadline) throws P2pException {
        try {
            return dial.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw P2pException.deadline("dial");
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw P2pException.interrupted("dial");
        }
    }

    /** A fresh exception with the reason of the old one: several callers may be given the same failure. */
    private static P2pException failure(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        Reason reason = cause instanceof P2pException mine ? mine.reason() : Reason.UNREACHABLE;
        return new P2pException(reason, "dial: " + cause.getMessage(), cause);
    }
}
