package org.hearthnet.inference.gguf;

import java.util.ArrayList;

/** Reads typed metadata values. */
final class GgufValueReader {
    static final int MAX_STRING_BYTES = 1 << 24;
    /** All arrays of a file together: the largest vocabularies with merges have under a million entries. */
    static final int MAX_ARRAY_ELEMENTS = 1 << 22;

    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final GgufCursor cursor;
    private long elementsLeft = MAX_ARRAY_ELEMENTS;

    GgufValueReader(GgufCursor cursor) {
        this.cursor = cursor;
    }

    GgufValue read(String key) throws GgufException {
        long at = cursor.position();
        int type = cursor.readInt(key + " type");
        return switch (type) {
            case 0, 1, 2, 3, 4, 5, 10, 11 -> new GgufValue.Integral(integral(type, key));
            case 6, 12 -> new GgufValue.Real(real(type, key));
            case 7 -> new GgufValue.Bool(bool(key));
            case STRING -> new GgufValue.Text(cursor.readString(key, MAX_STRING_BYTES));
            case ARRAY -> array(key);
            default -> throw cursor.error(key, at, "value type " + type + " does not exist");
        };
    }

    private GgufValue array(String key) throws GgufException {
        long at = cursor.position();
        int type = cursor.readInt(key + " element type");
        int count = (int) cursor.readCount(key + " length", elementsLeft);
        elementsLeft -= count;
        return switch (type) {
            case 0, 1, 2, 3, 4, 5, 7, 10, 11 -> integrals(type, count, key);
            case 6, 12 -> reals(type, count, key);
            case STRING -> texts(count, key);
            case ARRAY -> throw cursor.error(key, at, "arrays of arrays are not supported");
            default -> throw cursor.error(key, at, "element type " + type + " does not exist");
        };
    }

    private GgufValue integrals(int type, int count, String key) throws GgufException {
        cursor.requireAvailable((long) count * size(type), key);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = type == 7 ? (bool(key) ? 1 : 0) : integral(type, key);
        }
        return new GgufValue.Integrals(values);
    }

    private GgufValue reals(int type, int count, String key) throws GgufException {
        cursor.requireAvailable((long) count * size(type), key);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = real(type, key);
        }
        return new GgufValue.Reals(values);
    }

    private GgufValue texts(int count, String key) throws GgufException {
        cursor.requireAvailable((long) count * Long.BYTES, key);
        var values = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            values.add(cursor.readString(key, MAX_STRING_BYTES));
        }
        return new GgufValue.Texts(values);
    }

    private long integral(int type, String key) throws GgufException {
        return switch (type) {
            case 0 -> cursor.readByte(key) & 0xFF;
            case 1 -> cursor.readByte(key);
            case 2 -> cursor.readShort(key) & 0xFFFF;
            case 3 -> cursor.readShort(key);
            case 4 -> cursor.readInt(key) & 0xFFFFFFFFL;
            case 5 -> cursor.readInt(key);
            case 10 -> cursor.readCount(key, Long.MAX_VALUE);
            default -> cursor.readLong(key);
        };
    }

    private double real(int type, String key) throws GgufException {
        return type == 6 ? Float.intBitsToFloat(cursor.readInt(key)) : Double.longBitsToDouble(cursor.readLong(key));
    }

    private boolean bool(String key) throws GgufException {
        long at = cursor.position();
        byte value = cursor.readByte(key);
        if (value != 0 && value != 1) {
            throw cursor.error(key, at, "a boolean is 0 or 1, not " + value);
        }
        return value == 1;
    }

    private static int size(int type) {
        return switch (type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            default -> 8;
        };
    }
}
