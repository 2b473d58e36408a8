package org.hearthnet.ledger.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * The format of the journal's file: a head of magic, salt and checksum, then records of length, checksum and payload;
 * numbers are big-endian. A record's checksum (CRC-32C) covers salt, offset and payload: so bytes inside a payload, which
 * others may have chosen, never pass for a record.
 */
final class Records {
    private static final long MAGIC = 0x6865617274684a31L; // "hearthJ1"

    /** Length of the head in bytes. */
    static final int HEAD = 20;

    /** Length of what is in front of a payload, in bytes. */
    static final int PREFIX = 8;

    private Records() {}

    /** The head of a file. */
    static byte[] head(long salt) {
        ByteBuffer out = ByteBuffer.allocate(HEAD).putLong(MAGIC).putLong(salt);
        return out.putInt(crc(salt, 0, out.array(), 0, 8)).array();
    }

    /** Whether {@code file} begins with a head. */
    static boolean hasHead(byte[] file) {
        return file.length >= HEAD && Arrays.equals(Arrays.copyOf(file, HEAD), head(salt(file)));
    }

    /** The salt of a file that has a head. */
    static long salt(byte[] file) {
        return ByteBuffer.wrap(file).getLong(8);
    }

    /** A record that begins at {@code offset} of its file. */
    static byte[] record(long salt, long offset, byte[] payload) {
        return ByteBuffer.allocate(PREFIX + payload.length)
                .putInt(payload.length)
                .putInt(crc(salt, offset, payload, 0, payload.length))
                .put(payload)
                .array();
    }

    /** The payload's length of the record at {@code at}; nothing if there is no whole record. */
    static OptionalInt lengthAt(byte[] file, int at) {
        if (file.length - at < PREFIX) {
            return OptionalInt.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int length = buffer.getInt(at);
        if (length <= 0 || length > file.length - at - PREFIX) {
            return OptionalInt.empty();
        }
        boolean whole = buffer.getInt(at + 4) == crc(salt(file), at, file, at + PREFIX, length);
        return whole ? OptionalInt.of(length) : OptionalInt.empty();
    }

    /** Whether a whole record begins after {@code at}: then what is at {@code at} was not torn, but altered. */
    static boolean anyAfter(byte[] file, int at) {
        for (int i = at + 1; i < file.length; i++) {
            if (lengthAt(file, i).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static int crc(long salt, long offset, byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16).putLong(salt).putLong(offset).flip());
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
