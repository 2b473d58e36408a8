package org.hearthnet.node.p2p;

import java.util.List;
import java.util.Optional;

/**
 * What a peer says of itself (<a href="https://github.com/libp2p/specs/blob/master/identify/README.md">identify</a>).
 * All of it is a claim.
 *
 * @param listenAddresses where it listens, those that are understood here
 * @param protocols which protocols it handles
 * @param protocolVersion family of protocols, free text
 * @param agentVersion name and version of the program, free text
 * @param observedAddress where it sees this side
 */
public record PeerInfo(
        List<Multiaddr> listenAddresses,
        List<String> protocols,
        String protocolVersion,
        String agentVersion,
        Optional<Multiaddr> observedAddress) {
    public PeerInfo {
        listenAddresses = List.copyOf(listenAddresses);
        protocols = List.copyOf(protocols);
    }
}
