package org.hearthnet.ledger.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A strict reader of RocksDB's log format, which write-ahead logs ({@code *.log}) and {@code MANIFEST} files have: blocks of
 * 32 KiB, in them records of (masked CRC-32C, length, type, payload); the checksum covers type and payload. RocksDB itself
 * forgives a torn end, since a crash leaves one; this reader names every byte that is not as it was written.
 *
 * <p>Source: RocksDB wiki, "Write Ahead Log File Format", and {@code db/log_format.h}.
 */
final class LogFile {
    private static final int BLOCK = 32768;
    private static final int HEADER = 7;
    private static final int RECYCLABLE_HEADER = 11;
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;
    private static final int LAST_RECYCLABLE = 8;

    /** The first place where a log is not whole. */
    record Damage(long offset, String what) {}

    private final ByteBuffer bytes;
    private boolean inside;

    private LogFile(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads all of {@code file}; nothing if every record is whole. */
    static Optional<Damage> check(Path file) throws IOException {
        return new LogFile(Files.readAllBytes(file)).check();
    }

    private Optional<Damage> check() {
        while (bytes.hasRemaining()) {
            int left = BLOCK - bytes.position() % BLOCK;
            Optional<Damage> damage = left < HEADER ? padding(left) : record(left);
            if (damage.isPresent()) {
                return damage;
            }
        }
        return inside ? damage("the last record has no end: torn") : Optional.empty();
    }

    private Optional<Damage> padding(int left) {
        for (int i = 0; i < left && bytes.hasRemaining(); i++) {
            if (bytes.get(bytes.position()) != 0) {
                return damage("padding that is not zero");
            }
            bytes.get();
        }
        return Optional.empty();
    }

    private Optional<Damage> record(int left) {
        if (bytes.remaining() < HEADER) {
            return damage("a torn record header");
        }
        int at = bytes.position();
        int stored = bytes.getInt(at);
        int length = bytes.getShort(at + 4) & 0xFFFF;
        int type = bytes.get(at + 6) & 0xFF;
        if (stored == 0 && length == 0 && type == 0) {
            return padding(left); // space that was reserved and not used
        }
        int header = type > LAST && type <= LAST_RECYCLABLE ? RECYCLABLE_HEADER : HEADER;
        if (header + length > left || header + length > bytes.remaining()) {
            return damage("a record of " + length + " bytes does not fit: torn or altered");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), at + 6, header + length - 6);
        if (mask((int) crc.getValue()) != stored) {
            return damage("the checksum of a record of " + length + " bytes is wrong");
        }
        Optional<Damage> damage = follow(type > LAST && type <= LAST_RECYCLABLE ? type - LAST : type);
        bytes.position(at + header + length);
        return damage;
    }

    /** Fragments of one record: first, any number in the middle, last. */
    private Optional<Damage> follow(int type) {
        boolean begins = type == FULL || type == FIRST;
        boolean continues = type == MIDDLE || type == LAST;
        if (begins && inside || continues && !inside) {
            return damage("a fragment out of order");
        }
        if (begins || continues) {
            inside = type == FIRST || type == MIDDLE;
        }
        return Optional.empty();
    }

    private static int mask(int crc) {
        return ((crc >>> 15) | (crc << 17)) + MASK_DELTA;
    }

    private Optional<Damage> damage(String what) {
        return Optional.of(new Damage(bytes.position(), what));
    }
}
