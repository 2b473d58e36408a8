package org.hearthnet.node.p2p;

import java.io.IOException;

/**
 * Serves one incoming stream, on a virtual thread of its own. The stream is closed when the handler returns and reset
 * when it throws.
 */
@FunctionalInterface
public interface StreamHandler {
    void handle(Stream stream) throws IOException;
}
