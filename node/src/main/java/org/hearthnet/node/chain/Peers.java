package org.hearthnet.node.chain;

import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.PublicKey;

/** One key, three names: account, peer id, identity of a host. And the protocol ids of one network. */
public final class Peers {
    private Peers() {}

    /** The peer id of an account's key. */
    public static PeerId peerId(NodeId node) {
        return PeerId.of(PublicKey.ofRaw(node.toArray()));
    }

    /** The account of a peer's key. */
    public static NodeId nodeId(PeerId peer) {
        return NodeId.of(peer.publicKey().raw());
    }

    /** The host identity of {@code key}. */
    public static Identity identity(KeyPair key) {
        return Identity.ofSeed(key.seed());
    }

    /** {@code /hearth/<first 8 digits of the network>/<name>}: nodes of different networks share no protocol. */
    public static String protocol(Hash32 network, String name) {
        return "/hearth/" + network.shortHex() + "/" + name;
    }
}
