package org.hearthnet.node.p2p.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.StreamHandler;
import org.hearthnet.node.p2p.select.MultistreamSelect;
import org.jspecify.annotations.Nullable;

/** Who serves which protocol, and how many streams of it are being served. */
final class HandlerTable {
    private final Map<String, Entry> byProtocol = new ConcurrentHashMap<>();

    /** One protocol's handler with its places. */
    static final class Entry {
        private final StreamHandler handler;
        private final ProtocolLimits limits;
        private final Map<PeerId, Integer> byPeer = new HashMap<>();
        private int total;

        private Entry(StreamHandler handler, ProtocolLimits limits) {
            this.handler = handler;
            this.limits = limits;
        }

        StreamHandler handler() {
            return handler;
        }

        synchronized boolean enter(PeerId peer) {
            int ofPeer = byPeer.getOrDefault(peer, 0);
            if (total >= limits.total() || ofPeer >= limits.perPeer()) {
                return false;
            }
            total++;
            byPeer.put(peer, ofPeer + 1);
            return true;
        }

        synchronized void leave(PeerId peer) {
            total--;
            byPeer.computeIfPresent(peer, (p, n) -> n > 1 ? n - 1 : null);
        }
    }

    void put(String protocol, StreamHandler handler, ProtocolLimits limits) {
        if (!MultistreamSelect.isValidName(protocol)) {
            throw new IllegalArgumentException("not a protocol name: " + protocol);
        }
        byProtocol.put(protocol, new Entry(handler, limits));
    }

    void remove(String protocol) {
        byProtocol.remove(protocol);
    }

    boolean supports(String protocol) {
        return byProtocol.containsKey(protocol);
    }

    @Nullable
    Entry get(String protocol) {
        return byProtocol.get(protocol);
    }

    List<String> protocols() {
        return byProtocol.keySet().stream().sorted().toList();
    }
}
