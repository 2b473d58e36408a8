package org.hearthnet.genesis.codec;

import org.jspecify.annotations.Nullable;

/** Values of fixed size: big-endian integers, IEEE bits of a {@code float}, one byte for booleans and enums. */
interface ScalarFormat {
    /** The format of {@code raw}, or null if it is no scalar type. */
    static @Nullable Format of(Class<?> raw) {
        if (raw == long.class) {
            return new LongFormat();
        }
        if (raw == int.class || raw == Integer.class) {
            return new IntFormat();
        }
        if (raw == boolean.class) {
            return new BooleanFormat();
        }
        if (raw == float.class || raw == Float.class) {
            return new FloatFormat();
        }
        return raw.isEnum() ? new EnumFormat(raw.getEnumConstants()) : null;
    }

    /** 8 bytes. */
    record LongFormat() implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            out.i64((Long) value);
        }

        @Override
        public Object read(ByteReader in, String field) {
            return in.i64(field);
        }
    }

    /** 4 bytes. */
    record IntFormat() implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            out.i32((Integer) value);
        }

        @Override
        public Object read(ByteReader in, String field) {
            return in.i32(field);
        }
    }

    /** The IEEE 754 bits; NaN has no canonical form and is refused. */
    record FloatFormat() implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            if (Float.isNaN((Float) value)) {
                throw new CodecException(field + ": NaN");
            }
            out.i32(Float.floatToRawIntBits((Float) value));
        }

        @Override
        public Object read(ByteReader in, String field) {
            float value = Float.intBitsToFloat(in.i32(field));
            if (Float.isNaN(value)) {
                throw in.error(field, "NaN");
            }
            return value;
        }
    }

    /** One byte, 0 or 1. */
    record BooleanFormat() implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            out.u8((Boolean) value ? 1 : 0);
        }

        @Override
        public Object read(ByteReader in, String field) {
            int b = in.u8(field);
            if (b > 1) {
                throw in.error(field, "neither 0 nor 1 for a truth value");
            }
            return b == 1;
        }
    }

    /** One byte, the ordinal. */
    record EnumFormat(Object[] constants) implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            out.u8(((Enum<?>) value).ordinal());
        }

        @Override
        public Object read(ByteReader in, String field) {
            int ordinal = in.u8(field);
            if (ordinal >= constants.length) {
                throw in.error(field, "no constant number " + ordinal);
            }
            return constants[ordinal];
        }
    }
}
