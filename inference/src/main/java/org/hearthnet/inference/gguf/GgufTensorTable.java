package org.hearthnet.inference.gguf;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/** Reads and checks the tensor descriptions: shapes, types, alignment, bounds and overlaps. */
final class GgufTensorTable {
    private final String file;
    private final GgufCursor cursor;
    private final MemorySegment data;

    GgufTensorTable(String file, GgufCursor cursor, MemorySegment data) {
        this.file = file;
        this.cursor = cursor;
        this.data = data;
    }

    /** A description; {@code at} is where in the header it stands, {@code offset} counts from the data section. */
    private record Entry(String name, long at, WeightFormat type, int rows, int columns, long offset) {
        long size() {
            return type.rowBytes(columns) * rows;
        }
    }

    Map<String, GgufTensor> read(int count, int alignment) throws GgufException {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < count; i++) {
            entries.add(readEntry(i, alignment));
        }
        long start = (cursor.position() + alignment - 1) / alignment * alignment;
        requireDisjoint(entries);
        var tensors = new LinkedHashMap<String, GgufTensor>();
        for (Entry entry : entries) {
            if (tensors.put(entry.name(), view(entry, start)) != null) {
                throw cursor.error(entry.name(), entry.at(), "the tensor occurs twice");
            }
        }
        return tensors;
    }

    private Entry readEntry(int index, int alignment) throws GgufException {
        long at = cursor.position();
        String name = cursor.readString("tensor name " + index, GgufParser.MAX_NAME_BYTES);
        int dimensions = cursor.readInt(name + " dimensions");
        if (name.isEmpty() || dimensions < 1 || dimensions > 4) {
            throw cursor.error("tensor " + index, at, "name or number of dimensions (" + dimensions + ") is invalid");
        }
        long[] shape = {1, 1, 1, 1};
        for (int d = 0; d < dimensions; d++) {
            shape[d] = cursor.readCount(name + " dimension " + d, Integer.MAX_VALUE);
        }
        WeightFormat type = readType(name);
        long offset = cursor.readCount(name + " offset", Long.MAX_VALUE - data.byteSize());
        if (offset % alignment != 0) {
            throw cursor.error(name, at, "offset " + offset + " is not a multiple of " + alignment);
        }
        return entry(name, at, shape, type, offset);
    }

    private Entry entry(String name, long at, long[] shape, WeightFormat type, long offset) throws GgufException {
        if (shape[2] != 1 || shape[3] != 1) {
            throw cursor.error(name, at, "tensors of more than two dimensions are not supported");
        }
        if (shape[0] == 0 || shape[1] == 0 || shape[0] % type.blockElements() != 0) {
            throw cursor.error(name, at, "a shape of " + shape[1] + " x " + shape[0] + " is not possible in " + type);
        }
        if (type.rowBytes(shape[0]) > Integer.MAX_VALUE) {
            throw cursor.error(name, at, "a row of " + shape[0] + " elements is too long");
        }
        return new Entry(name, at, type, (int) shape[1], (int) shape[0], offset);
    }

    private WeightFormat readType(String name) throws GgufException {
        long at = cursor.position();
        int number = cursor.readInt(name + " type");
        WeightFormat type = WeightFormat.numbered(number).orElse(null);
        if (type == null) {
            throw cursor.error(
                    name,
                    at,
                    "quantisation " + GgmlTypes.describe(number) + " is not supported (" + GgmlTypes.supported()
                            + " are)");
        }
        return type;
    }

    private void requireDisjoint(List<Entry> entries) throws GgufException {
        var sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::offset));
        for (int i = 1; i < sorted.size(); i++) {
            Entry before = sorted.get(i - 1);
            Entry entry = sorted.get(i);
            if (entry.offset() - before.offset() < before.size()) {
                throw cursor.error(entry.name(), entry.at(), "its data overlaps that of " + before.name());
            }
        }
    }

    private GgufTensor view(Entry entry, long start) throws GgufException {
        if (start > data.byteSize()
                || entry.offset() > data.byteSize() - start
                || entry.size() > data.byteSize() - start - entry.offset()) {
            throw new GgufException(file, entry.name(), entry.at(), "its data lies beyond the end of the file");
        }
        MemorySegment bytes = data.asSlice(start + entry.offset(), entry.size());
        return new GgufTensor(entry.name(), entry.type(), entry.rows(), entry.columns(), bytes);
    }
}
