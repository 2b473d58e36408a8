package org.hearthnet.node.pipeline.wire;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.PublicKey;
import org.hearthnet.node.p2p.wire.WireException;

/** Accounts as peers: one Ed25519 key is both. */
public final class Peers {
    private Peers() {}

    /** The peer id of an account. */
    public static PeerId peer(NodeId node) {
        return PeerId.of(PublicKey.ofRaw(node.toArray()));
    }

    /** The account of a peer. */
    public static NodeId node(PeerId peer) {
        return NodeId.of(peer.publicKey().raw());
    }

    /** The addresses among {@code texts} that are well formed; others are left out. */
    public static List<Multiaddr> addresses(List<String> texts) {
        List<Multiaddr> out = new ArrayList<>();
        for (String text : texts) {
            try {
                out.add(Multiaddr.parse(text));
            } catch (WireException e) {
                // A kind of address that this version does not know: the peer may have others.
                continue;
            }
        }
        return out;
    }
}
