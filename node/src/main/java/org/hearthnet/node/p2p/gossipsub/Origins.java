package org.hearthnet.node.p2p.gossipsub;

import java.net.InetAddress;
import java.util.HexFormat;
import org.hearthnet.node.p2p.Connection;

/** Where peers come from, as P6 counts it (gossipsub v1.1, IP Colocation Factor). */
final class Origins {
    private static final int PREFIX_V6 = 8;

    private Origins() {}

    /**
     * The IPv4 address or the /64 prefix of an IPv6 address, as hexadecimal digits. Empty for addresses of this machine or a
     * local network, where many peers of one address are nothing strange, and where there is none.
     */
    static String of(Connection connection) {
        return connection
                .remoteAddress()
                .tcpTarget()
                .map(target -> target.getAddress())
                .map(Origins::of)
                .orElse("");
    }

    static String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc; // RFC 4193
        boolean local = address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress();
        return local || uniqueLocal
                ? ""
                : HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, bytes.length == 16 ? PREFIX_V6 : 4));
    }
}
