package org.hearthnet.node.gateway;

import java.util.Optional;

/**
 * How a gateway serves.
 *
 * @param host address to listen on
 * @param port port, 0 for any
 * @param apiKey what callers must show as bearer token; none to let everybody in
 * @param maxPrice most sparks for one layer of one token
 * @param stages wanted number of stages; 0 for whatever is cheapest
 * @param concurrent completions at one time
 */
public record GatewayConfig(String host, int port, Optional<String> apiKey, long maxPrice, int stages, int concurrent) {
    /** Largest request body in bytes. */
    public static final int MAX_BODY = 1 << 20;

    /** Checks the ranges. */
    public GatewayConfig {
        if (port < 0 || port > 65_535 || maxPrice < 1 || stages < 0 || concurrent < 1) {
            throw new IllegalArgumentException("not a gateway's settings");
        }
    }
}
