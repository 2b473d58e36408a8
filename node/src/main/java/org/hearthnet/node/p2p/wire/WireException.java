package org.hearthnet.node.p2p.wire;

import java.io.IOException;

/** Bytes from outside that do not follow their encoding, or exceed a limit of it. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }
}
