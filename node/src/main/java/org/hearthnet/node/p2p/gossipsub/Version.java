package org.hearthnet.node.p2p.gossipsub;

import java.util.Arrays;
import java.util.List;

/** The versions of the protocol and their names, newest first. */
public enum Version {
    V1_2("/meshsub/1.2.0"),
    V1_1("/meshsub/1.1.0"),
    V1_0("/meshsub/1.0.0");

    private final String protocol;

    Version(String protocol) {
        this.protocol = protocol;
    }

    public String protocol() {
        return protocol;
    }

    /** All names, the preferred one first. */
    public static List<String> protocols() {
        return Arrays.stream(values()).map(Version::protocol).toList();
    }

    static Version of(String protocol) {
        return Arrays.stream(values())
                .filter(v -> v.protocol.equals(protocol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no version of gossipsub: " + protocol));
    }

    /** IDONTWANT, since v1.2. */
    boolean knowsDontWant() {
        return this == V1_2;
    }
}
