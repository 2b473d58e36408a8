package org.hearthnet.node.p2p.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the fields of one protobuf message that is already in memory, so nothing is allocated beyond it. Unknown
 * fields are skipped; groups, truncated values, field number 0 and wrong wire types are refused.
 */
public final class ProtoReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    static final int FIXED32 = 5;

    private final ByteBuffer in;
    private int wireType;

    public ProtoReader(byte[] message) {
        this.in = ByteBuffer.wrap(message);
    }

    /** The number of the next field, or 0 at the end. Each field must then be read or skipped. */
    public int next() throws WireException {
        if (!in.hasRemaining()) {
            return 0;
        }
        long tag = Uvarint.read(in);
        wireType = (int) (tag & 7);
        long field = tag >>> 3;
        if (field == 0 || field > 0x1fffffff) {
            throw new WireException("protobuf field number " + field);
        }
        return (int) field;
    }

    public long varint() throws WireException {
        require(VARINT);
        return Uvarint.read(in);
    }

    /** A length-delimited value of at most {@code max} bytes. */
    public byte[] bytes(int max) throws WireException {
        require(LENGTH_DELIMITED);
        long length = Uvarint.read(in);
        if (length > max || length > in.remaining()) {
            throw new WireException("protobuf value of " + length + " bytes");
        }
        byte[] value = new byte[(int) length];
        in.get(value);
        return value;
    }

    /** A string of at most {@code max} bytes of valid UTF-8. */
    public String string(int max) throws WireException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(max)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WireException("protobuf string is not UTF-8");
        }
    }

    public void skip() throws WireException {
        switch (wireType) {
            case VARINT -> skipVarint();
            case FIXED64 -> advance(8);
            case LENGTH_DELIMITED -> advance(Uvarint.read(in));
            case FIXED32 -> advance(4);
            default -> throw new WireException("protobuf wire type " + wireType);
        }
    }

    /** Negative int64 values of unknown fields take ten bytes, which {@link Uvarint} rightly refuses. */
    private void skipVarint() throws WireException {
        for (int i = 0; i < 10; i++) {
            if (!in.hasRemaining()) {
                throw new WireException("varint is cut short");
            }
            if (in.get() >= 0) {
                return;
            }
        }
        throw new WireException("protobuf varint is longer than 10 bytes");
    }

    private void advance(long count) throws WireException {
        if (count > in.remaining()) {
            throw new WireException("protobuf value is cut short");
        }
        in.position(in.position() + (int) count);
    }

    private void require(int expected) throws WireException {
        if (wireType != expected) {
            throw new WireException("protobuf wire type " + wireType + " where " + expected + " belongs");
        }
    }
}
