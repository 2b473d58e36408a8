package org.hearthnet.genesis.codec;

/**
 * The canonical encoding of a record or sealed interface, derived from its components.
 *
 * <p>Integers are big-endian and of fixed size; booleans and enums one byte; {@code Bytes}, {@code String} and lists
 * carry a 4-byte length and a declared {@link Limit}; optional values a byte 0 or 1; records are their components in
 * order; a sealed interface is the {@link Tag} of the record, then the record. So each value has one encoding, and
 * whatever else arrives is refused with field and offset.
 *
 * @param <T> the type of values
 */
public final class Codec<T> {
    private final Class<T> type;
    private final Format format;

    private Codec(Class<T> type) {
        this.type = type;
        this.format = StructFormat.of(type);
    }

    /**
     * The codec of a record or sealed interface.
     *
     * @throws IllegalArgumentException if the type has a component without a canonical encoding
     */
    public static <T> Codec<T> of(Class<T> type) {
        return new Codec<>(type);
    }

    /**
     * Encodes {@code value}.
     *
     * @throws CodecException if a list or string is over its limit
     */
    public byte[] encode(T value) {
        ByteWriter out = new ByteWriter();
        format.write(out, value, type.getSimpleName());
        return out.toArray();
    }

    /**
     * Decodes all of {@code bytes}.
     *
     * @throws CodecException unless {@code bytes} is exactly the encoding of a value
     */
    public T decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Object value = format.read(in, type.getSimpleName());
        if (in.remaining() != 0) {
            throw in.error(type.getSimpleName(), in.remaining() + " bytes too many");
        }
        return type.cast(value);
    }
}
