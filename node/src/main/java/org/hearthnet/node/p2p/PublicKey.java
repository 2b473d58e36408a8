package org.hearthnet.node.p2p;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.hearthnet.node.p2p.wire.ProtoReader;
import org.hearthnet.node.p2p.wire.ProtoWriter;
import org.hearthnet.node.p2p.wire.WireException;

/**
 * An Ed25519 public key (RFC 8032) and its libp2p protobuf form (<a
 * href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md">peer-ids</a>). Other key types are refused.
 */
public final class PublicKey {
    /** Bytes of an Ed25519 key. */
    public static final int SIZE = Ed25519.PUBLIC_KEY_SIZE;
    /** Bytes of an Ed25519 signature. */
    public static final int SIGNATURE_SIZE = Ed25519.SIGNATURE_SIZE;

    private static final int TYPE_ED25519 = 1;
    private final byte[] raw;

    private PublicKey(byte[] raw) {
        this.raw = raw;
    }

    /** @throws IllegalArgumentException if it is not 32 bytes; whether it is a curve point shows when it verifies */
    public static PublicKey ofRaw(byte[] raw) {
        if (raw.length != SIZE) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + raw.length);
        }
        return new PublicKey(raw.clone());
    }

    public static PublicKey fromProtobuf(byte[] message) throws WireException {
        ProtoReader reader = new ProtoReader(message);
        long type = -1;
        byte[] data = new byte[0];
        for (int field = reader.next(); field != 0; field = reader.next()) {
            switch (field) {
                case 1 -> type = reader.varint();
                case 2 -> data = reader.bytes(SIZE);
                default -> reader.skip();
            }
        }
        if (type != TYPE_ED25519 || data.length != SIZE) {
            throw new WireException("not an Ed25519 public key (type " + type + ", " + data.length + " bytes)");
        }
        return new PublicKey(data);
    }

    public byte[] toProtobuf() {
        return new ProtoWriter().varint(1, TYPE_ED25519).bytes(2, raw).toBytes();
    }

    public byte[] raw() {
        return raw.clone();
    }

    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == SIGNATURE_SIZE && Ed25519.verify(signature, 0, raw, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return "ed25519:" + HexFormat.of().formatHex(raw);
    }
}
