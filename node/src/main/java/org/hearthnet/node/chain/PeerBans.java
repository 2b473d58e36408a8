package org.hearthnet.node.chain;

import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.hearthnet.node.p2p.PeerId;

/** Peers that this node wants nothing to do with for a while; the oldest makes room when there are many. */
final class PeerBans {
    static final int MAX_PEERS = 4096;

    private final LinkedHashMap<PeerId, Long> untilMs = new LinkedHashMap<>();
    private final LongSupplier clockMs;
    private final long durationMs;

    PeerBans(LongSupplier clockMs, long durationMs) {
        this.clockMs = clockMs;
        this.durationMs = durationMs;
    }

    synchronized void ban(PeerId peer) {
        untilMs.remove(peer);
        untilMs.put(peer, clockMs.getAsLong() + durationMs);
        if (untilMs.size() > MAX_PEERS) {
            untilMs.pollFirstEntry();
        }
    }

    synchronized boolean isBanned(PeerId peer) {
        Long until = untilMs.get(peer);
        if (until != null && until <= clockMs.getAsLong()) {
            untilMs.remove(peer);
            return false;
        }
        return until != null;
    }
}
