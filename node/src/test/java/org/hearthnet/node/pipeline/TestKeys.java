package org.hearthnet.node.pipeline;

import java.nio.ByteBuffer;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.node.p2p.Identity;

/** Keys by number. */
public final class TestKeys {
    private TestKeys() {}

    public static KeyPair key(long number) {
        return KeyPair.fromSeed(seed(number));
    }

    public static Identity identity(KeyPair key) {
        return Identity.ofSeed(key.seed());
    }

    private static byte[] seed(long number) {
        return ByteBuffer.allocate(32).putLong(24, number).array();
    }
}
