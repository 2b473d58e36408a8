package org.hearthnet.node.p2p.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the few protobuf messages of libp2p (<a href="https://protobuf.dev/programming-guides/encoding/">encoding</a>):
 * varint and length-delimited fields, in the order of the calls.
 */
public final class ProtoWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ProtoWriter varint(int field, long value) {
        out.writeBytes(Uvarint.encode((long) field << 3));
        out.writeBytes(Uvarint.encode(value));
        return this;
    }

    public ProtoWriter bytes(int field, byte[] value) {
        out.writeBytes(Uvarint.encode((long) field << 3 | ProtoReader.LENGTH_DELIMITED));
        out.writeBytes(Uvarint.encode(value.length));
        out.writeBytes(value);
        return this;
    }

    public ProtoWriter string(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
