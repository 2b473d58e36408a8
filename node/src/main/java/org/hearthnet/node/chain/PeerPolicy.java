package org.hearthnet.node.chain;

import java.util.function.Predicate;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.PeerId;
import org.jspecify.annotations.Nullable;

/** Whom this node talks to: nobody whose key the ledger has banned, nor who has misbehaved within the last minutes. */
public final class PeerPolicy {
    private static final NodeLog LOG = NodeLog.of("peers");
    private static final long BAN_MS = 10 * 60_000;

    private final PeerBans bans = new PeerBans(System::currentTimeMillis, BAN_MS);
    private final Predicate<NodeId> bannedByLedger;
    private volatile @Nullable Host host;

    /** @param bannedByLedger whether an account's key is banned */
    public PeerPolicy(Predicate<NodeId> bannedByLedger) {
        this.bannedByLedger = bannedByLedger;
    }

    /** The host whose connections end when a peer is punished; its gate asks {@link #allows}. */
    public void attach(Host value) {
        host = value;
    }

    /** Whether a connection with {@code peer} is welcome. */
    public boolean allows(PeerId peer) {
        return !bans.isBanned(peer) && !bannedByLedger.test(Peers.nodeId(peer));
    }

    /** Ends all connections with {@code peer} and refuses new ones for some minutes. */
    public void punish(PeerId peer, String why) {
        if (bans.isBanned(peer)) {
            disconnect(peer); // what it sent before comes in still; one line about it is enough
            return;
        }
        LOG.warn("dropping peer %s: %s", Peers.nodeId(peer).shortHex(), why);
        bans.ban(peer);
        disconnect(peer);
    }

    /** Ends all connections with {@code peer}. */
    void disconnect(PeerId peer) {
        Host current = host;
        if (current != null) {
            current.disconnect(peer);
        }
    }
}
