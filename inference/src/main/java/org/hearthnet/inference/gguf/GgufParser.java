package org.hearthnet.inference.gguf;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parses the header of a GGUF file. */
final class GgufParser {
    static final int MAGIC = 0x46554747;
    static final int MAX_KEYS = 65_536;
    static final int MAX_TENSORS = 65_536;
    static final int MAX_KEY_BYTES = 65_535;
    /** ggml's own limit is 64 with the terminating zero; some converters exceed it. */
    static final int MAX_NAME_BYTES = 255;

    static final int MAX_ALIGNMENT = 1 << 16;

    private final GgufCursor cursor;
    private final String file;
    private final MemorySegment data;

    private GgufParser(String file, MemorySegment data) {
        this.file = file;
        this.data = data;
        this.cursor = new GgufCursor(file, data);
    }

    record Content(GgufMetadata metadata, Map<String, GgufTensor> tensors) {}

    static Content parse(String file, MemorySegment data) throws GgufException {
        return new GgufParser(file, data).parse();
    }

    private Content parse() throws GgufException {
        if (cursor.readInt("magic") != MAGIC) {
            throw cursor.error("magic", 0, "this is not a GGUF file");
        }
        int version = cursor.readInt("version");
        if (version != 2 && version != 3) {
            throw cursor.error("version", 4, "version " + version + " is not supported, only 2 and 3 are");
        }
        int tensorCount = (int) cursor.readCount("tensor count", MAX_TENSORS);
        int keyCount = (int) cursor.readCount("metadata count", MAX_KEYS);
        var metadata = new GgufMetadata(file, readMetadata(keyCount));
        return new Content(metadata, new GgufTensorTable(file, cursor, data).read(tensorCount, alignment(metadata)));
    }

    private Map<String, GgufValue> readMetadata(int count) throws GgufException {
        var reader = new GgufValueReader(cursor);
        var values = new LinkedHashMap<String, GgufValue>();
        for (int i = 0; i < count; i++) {
            long at = cursor.position();
            String key = cursor.readString("key " + i, MAX_KEY_BYTES);
            if (key.isEmpty()) {
                throw cursor.error("key " + i, at, "is empty");
            }
            if (values.put(key, reader.read(key)) != null) {
                throw cursor.error(key, at, "occurs twice");
            }
        }
        return values;
    }

    private static int alignment(GgufMetadata metadata) throws GgufException {
        int alignment = metadata.integer("general.alignment", 8, MAX_ALIGNMENT).orElse(32);
        if (alignment % 8 != 0) {
            throw metadata.error("general.alignment", "must be a multiple of 8, is " + alignment);
        }
        return alignment;
    }
}
