package org.hearthnet.node.p2p.host;

import java.util.List;
import java.util.function.Predicate;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.yamux.YamuxConfig;

/**
 * Everything a host needs to know.
 *
 * @param listen where to listen: {@code /ip4/.../tcp/...} or {@code /ip6/.../tcp/...}, port 0 for any; empty to only dial
 * @param announce further addresses to tell others, such as a forwarded port
 * @param agentVersion name and version of the program, told to every peer
 * @param gate whether a peer may be connected; asked after each handshake and before each dial
 */
public record HostConfig(
        Identity identity,
        List<Multiaddr> listen,
        List<Multiaddr> announce,
        String agentVersion,
        HostLimits limits,
        HostTimes times,
        YamuxConfig yamux,
        Predicate<PeerId> gate) {
    public HostConfig {
        listen = List.copyOf(listen);
        announce = List.copyOf(announce);
    }

    /** Listens at {@code listen} with all defaults and lets everyone in. */
    public static HostConfig of(Identity identity, List<Multiaddr> listen) {
        return new HostConfig(
                identity,
                listen,
                List.of(),
                "libp2p-java/0.1.0",
                HostLimits.DEFAULT,
                HostTimes.DEFAULT,
                YamuxConfig.DEFAULT,
                peer -> true);
    }

    public HostConfig withAnnounce(List<Multiaddr> value) {
        return new HostConfig(identity, listen, value, agentVersion, limits, times, yamux, gate);
    }

    public HostConfig withAgentVersion(String value) {
        return new HostConfig(identity, listen, announce, value, limits, times, yamux, gate);
    }

    public HostConfig withLimits(HostLimits value) {
        return new HostConfig(identity, listen, announce, agentVersion, value, times, yamux, gate);
    }

    public HostConfig withTimes(HostTimes value) {
        return new HostConfig(identity, listen, announce, agentVersion, limits, value, yamux, gate);
    }

    public HostConfig withYamux(YamuxConfig value) {
        return new HostConfig(identity, listen, announce, agentVersion, limits, times, value, gate);
    }

    public HostConfig withGate(Predicate<PeerId> value) {
        return new HostConfig(identity, listen, announce, agentVersion, limits, times, yamux, value);
    }
}
