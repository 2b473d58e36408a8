package org.hearthnet.genesis.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Records, component after component, and sealed interfaces, whose {@link Tag} goes first. */
interface StructFormat {
    /** Formats by class, so that reflection runs once for each type. */
    Map<Class<?>, Format> KNOWN = new ConcurrentHashMap<>();

    /** The format of a record or sealed interface. */
    static Format of(Class<?> raw) {
        Format known = KNOWN.get(raw);
        if (known == null) {
            known = raw.isRecord() ? recordFormat(raw) : sealedFormat(raw);
            KNOWN.put(raw, known);
        }
        return known;
    }

    private static Format recordFormat(Class<?> raw) {
        RecordComponent[] components = raw.getRecordComponents();
        Format[] formats = new Format[components.length];
        MethodHandle[] getters = new MethodHandle[components.length];
        String[] names = new String[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            for (int i = 0; i < components.length; i++) {
                formats[i] = Format.of(components[i].getAnnotatedType());
                getters[i] = lookup.unreflect(components[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
                names[i] = "." + components[i].getName();
                types[i] = components[i].getType();
            }
            MethodHandle constructor = lookup.findConstructor(raw, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new RecordFormat(formats, getters, names, constructor);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no canonical encoding for " + raw, e);
        }
    }

    private static Format sealedFormat(Class<?> raw) {
        if (!raw.isSealed()) {
            throw new IllegalArgumentException("no canonical encoding for " + raw);
        }
        Map<Class<?>, Integer> tags = new HashMap<>();
        Format[] formats = new Format[256];
        for (Class<?> permitted : raw.getPermittedSubclasses()) {
            Tag tag = permitted.getAnnotation(Tag.class);
            if (tag == null || formats[tag.value()] != null) {
                throw new IllegalArgumentException(permitted + " needs a @Tag of its own");
            }
            formats[tag.value()] = of(permitted);
            tags.put(permitted, tag.value());
        }
        return new SealedFormat(raw.getSimpleName(), tags, formats);
    }

    /** The components in order. */
    record RecordFormat(Format[] formats, MethodHandle[] getters, String[] names, MethodHandle constructor)
            implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            for (int i = 0; i < formats.length; i++) {
                Object component;
                try {
                    component = (Object) getters[i].invokeExact(value);
                } catch (Throwable e) {
                    throw new IllegalStateException("cannot read " + field + names[i], e);
                }
                formats[i].write(out, component, names[i]);
            }
        }

        @Override
        public Object read(ByteReader in, String field) {
            Object[] values = new Object[formats.length];
            for (int i = 0; i < formats.length; i++) {
                values[i] = formats[i].read(in, field + names[i]);
            }
            try {
                return (Object) constructor.invokeExact(values);
            } catch (CodecException e) {
                throw e;
            } catch (Throwable e) {
                // A record's own constructor says which values it allows; what it refuses has no encoding.
                throw in.error(field, String.valueOf(e.getMessage()));
            }
        }

        @Override
        public String toString() {
            return "record of " + Arrays.toString(names);
        }
    }

    /** One byte that names the record, then the record. */
    record SealedFormat(String name, Map<Class<?>, Integer> tags, Format[] formats) implements Format {
        @Override
        public void write(ByteWriter out, Object value, String field) {
            Integer tag = tags.get(value.getClass());
            if (tag == null) {
                throw new CodecException(field + ": " + value.getClass() + " is no " + name);
            }
            out.u8(tag);
            formats[tag].write(out, value, field);
        }

        @Override
        public Object read(ByteReader in, String field) {
            int tag = in.u8(field);
            Format format = formats[tag];
            if (format == null) {
                throw in.error(field, "no " + name + " has tag " + tag);
            }
            return format.read(in, field);
        }
    }
}
