package org.hearthnet.inference.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads little-endian values from a segment; every read is checked against the end first. */
final class GgufCursor {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String file;
    private final MemorySegment data;
    private long position;

    GgufCursor(String file, MemorySegment data) {
        this.file = file;
        this.data = data;
    }

    long position() {
        return position;
    }

    long remaining() {
        return data.byteSize() - position;
    }

    GgufException error(String field, long offset, String problem) {
        return new GgufException(file, field, offset, problem);
    }

    byte readByte(String field) throws GgufException {
        return data.get(ValueLayout.JAVA_BYTE, advance(1, field));
    }

    short readShort(String field) throws GgufException {
        return data.get(SHORT, advance(2, field));
    }

    int readInt(String field) throws GgufException {
        return data.get(INT, advance(4, field));
    }

    long readLong(String field) throws GgufException {
        return data.get(LONG, advance(8, field));
    }

    /** An unsigned 64-bit number of at most {@code limit}. */
    long readCount(String field, long limit) throws GgufException {
        long at = position;
        long value = readLong(field);
        if (value < 0 || value > limit) {
            throw error(field, at, Long.toUnsignedString(value) + " is above the limit of " + limit);
        }
        return value;
    }

    /** A UTF-8 string of at most {@code limit} bytes. */
    String readString(String field, long limit) throws GgufException {
        long at = position;
        int length = (int) readCount(field, limit);
        if (length == 0) {
            return "";
        }
        byte[] bytes = new byte[(int) requireAvailable(length, field)];
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, position, bytes, 0, length);
        position += length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw error(field, at, "is not valid UTF-8");
        }
    }

    private long advance(long size, String field) throws GgufException {
        requireAvailable(size, field);
        long at = position;
        position += size;
        return at;
    }

    /** Returns {@code size} if so many bytes are left. */
    long requireAvailable(long size, String field) throws GgufException {
        if (size > remaining()) {
            throw error(field, position, "needs " + size + " bytes but the file ends after " + remaining());
        }
        return size;
    }
}
