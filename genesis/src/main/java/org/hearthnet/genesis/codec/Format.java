package org.hearthnet.genesis.codec;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;

/** How values of one type are written and read. */
interface Format {
    void write(ByteWriter out, Object value, String field);

    Object read(ByteReader in, String field);

    /** The format of a record component or a type argument. */
    static Format of(AnnotatedType type) {
        if (type.getType() instanceof ParameterizedType p) {
            AnnotatedType argument = ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0];
            if (p.getRawType() == List.class) {
                return new ListFormat(of(argument), limit(type, "list " + type));
            }
            if (p.getRawType() == Optional.class) {
                return new OptionalFormat(of(argument));
            }
            throw new IllegalArgumentException("no canonical encoding for " + type);
        }
        return ofClass((Class<?>) type.getType(), type);
    }

    private static Format ofClass(Class<?> raw, AnnotatedType type) {
        if (raw == Bytes.class) {
            return new BytesFormat(limit(type, "Bytes"));
        }
        if (raw == String.class) {
            return new StringFormat(limit(type, "String"));
        }
        Format scalar = ScalarFormat.of(raw);
        return scalar != null ? scalar : StructFormat.of(raw);
    }

    private static int limit(AnnotatedElement element, String what) {
        Limit limit = element.getAnnotation(Limit.class);
        if (limit == null) {
            throw new IllegalArgumentException(what + " needs a @Limit");
        }
        return limit.value();
    }

    /** A count of at most {@code limit} elements, then the elements. */
    record ListFormat(Format element, int limit) implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            List<?> list = (List<?>) value;
            checkLimit(field, list.size(), limit);
            out.i32(list.size());
            for (Object each : list) {
                element.write(out, each, field);
            }
        }

        @Override
        public Object read(ByteReader in, String field) {
            int count = in.length(field, limit);
            List<Object> out = new ArrayList<>(Math.min(count, 1024));
            for (int i = 0; i < count; i++) {
                out.add(element.read(in, field + "[" + i + "]"));
            }
            return List.copyOf(out);
        }
    }

    /** 0 for none, or 1 and the value. */
    record OptionalFormat(Format element) implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            Optional<?> optional = (Optional<?>) value;
            out.u8(optional.isPresent() ? 1 : 0);
            if (optional.isPresent()) {
                element.write(out, optional.get(), field);
            }
        }

        @Override
        public Object read(ByteReader in, String field) {
            return switch (in.u8(field)) {
                case 0 -> Optional.empty();
                case 1 -> Optional.of(element.read(in, field));
                default -> throw in.error(field, "neither 0 nor 1 for an optional value");
            };
        }
    }

    /** A length, then the bytes. */
    record BytesFormat(int limit) implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            Bytes bytes = (Bytes) value;
            checkLimit(field, bytes.length(), limit);
            out.i32(bytes.length());
            out.bytes(bytes.unsafeArray());
        }

        @Override
        public Object read(ByteReader in, String field) {
            return Bytes.owned(in.bytes(in.length(field, limit)));
        }
    }

    /** A length in bytes, then well-formed UTF-8. */
    record StringFormat(int limit) implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            ByteBuffer encoded;
            try {
                encoded = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap((String) value));
            } catch (CharacterCodingException e) {
                throw new CodecException(field + ": unpaired surrogate in text");
            }
            checkLimit(field, encoded.remaining(), limit);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            out.i32(bytes.length);
            out.bytes(bytes);
        }

        @Override
        public Object read(ByteReader in, String field) {
            byte[] bytes = in.bytes(in.length(field, limit));
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw in.error(field, "not well-formed UTF-8");
            }
        }
    }

    private static void checkLimit(String field, int size, int limit) {
        if (size > limit) {
            throw new CodecException(field + ": " + size + " is over the limit of " + limit);
        }
    }
}
