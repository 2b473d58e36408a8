package org.hearthnet.ledger.rocksdb;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.store.StoreException;

/**
 * What a record was before a change.
 *
 * @param key of the record
 * @param value of the record; nothing if there was none
 */
public record PastRecord(Bytes key, Optional<Bytes> value) {
    /** Length of the key (2 bytes), the key, 1 and the value or 0. */
    public static byte[] encode(Bytes key, Optional<byte[]> value) {
        ByteBuffer out = ByteBuffer.allocate(
                Short.BYTES + key.length() + 1 + value.map(v -> v.length).orElse(0));
        out.putShort((short) key.length()).put(key.unsafeArray()).put((byte) (value.isPresent() ? 1 : 0));
        value.ifPresent(out::put);
        return out.array();
    }

    /** The key: path and version of the change. */
    public static byte[] at(byte[] path, long version) {
        return ByteBuffer.allocate(path.length + Long.BYTES)
                .put(path)
                .putLong(version)
                .array();
    }

    static PastRecord decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int length = in.remaining() < Short.BYTES ? 0 : in.getShort() & 0xFFFF;
        if (in.remaining() < length + 1) {
            throw new StoreException(StoreException.Reason.CORRUPT, "a past record is damaged");
        }
        byte[] key = new byte[length];
        in.get(key);
        boolean present = in.get() == 1;
        byte[] value = new byte[in.remaining()];
        in.get(value);
        return new PastRecord(Bytes.owned(key), present ? Optional.of(Bytes.owned(value)) : Optional.empty());
    }
}
