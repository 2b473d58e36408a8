package org.hearthnet.node.p2p.noise;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.PublicKey;
import org.hearthnet.node.p2p.wire.ProtoReader;
import org.hearthnet.node.p2p.wire.ProtoWriter;
import org.hearthnet.node.p2p.wire.WireException;

/**
 * The libp2p payload of a noise handshake: identity key, its signature over the static noise key, and the multiplexers
 * that the sender supports, in its order of preference ({@code NoiseHandshakePayload}).
 */
record HandshakePayload(PublicKey identityKey, byte[] signature, List<String> muxers) {
    private static final byte[] DOMAIN = "noise-libp2p-static-key:".getBytes(StandardCharsets.UTF_8);
    private static final int MAX_KEY = 1024;
    private static final int MAX_EXTENSIONS = 4096;
    private static final int MAX_MUXERS = 16;
    private static final int MAX_MUXER_NAME = 128;

    static HandshakePayload create(Identity identity, byte[] staticKey, List<String> muxers) {
        return new HandshakePayload(identity.publicKey(), identity.sign(signed(staticKey)), muxers);
    }

    /** Checks the signature over {@code staticKey}. */
    static HandshakePayload decode(byte[] message, byte[] staticKey) throws WireException {
        ProtoReader reader = new ProtoReader(message);
        byte[] key = {};
        byte[] signature = {};
        List<String> muxers = List.of();
        for (int field = reader.next(); field != 0; field = reader.next()) {
            switch (field) {
                case 1 -> key = reader.bytes(MAX_KEY);
                case 2 -> signature = reader.bytes(MAX_KEY);
                case 4 -> muxers = decodeExtensions(reader.bytes(MAX_EXTENSIONS));
                default -> reader.skip();
            }
        }
        PublicKey publicKey = PublicKey.fromProtobuf(key);
        if (!publicKey.verify(signed(staticKey), signature)) {
            throw new WireException("identity key did not sign the noise key");
        }
        return new HandshakePayload(publicKey, signature, muxers);
    }

    byte[] encode() {
        ProtoWriter extensions = new ProtoWriter();
        muxers.forEach(muxer -> extensions.string(2, muxer));
        return new ProtoWriter()
                .bytes(1, identityKey.toProtobuf())
                .bytes(2, signature)
                .bytes(4, extensions.toBytes())
                .toBytes();
    }

    private static List<String> decodeExtensions(byte[] message) throws WireException {
        ProtoReader reader = new ProtoReader(message);
        List<String> muxers = new ArrayList<>();
        for (int field = reader.next(); field != 0; field = reader.next()) {
            if (field != 2) {
                reader.skip();
                continue;
            }
            muxers.add(reader.string(MAX_MUXER_NAME));
            if (muxers.size() > MAX_MUXERS) {
                throw new WireException("more than " + MAX_MUXERS + " multiplexers offered");
            }
        }
        return muxers;
    }

    private static byte[] signed(byte[] staticKey) {
        byte[] message = new byte[DOMAIN.length + staticKey.length];
        System.arraycopy(DOMAIN, 0, message, 0, DOMAIN.length);
        System.arraycopy(staticKey, 0, message, DOMAIN.length, staticKey.length);
        return message;
    }
}
