package org.hearthnet.inference.gguf;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/**
 * Writes GGUF version 3 files: generated models for tests and benchmarks. Tensor data is produced row by row. What is added
 * under a name that is there already replaces it.
 */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;

    /** Produces the bytes of a row. */
    @FunctionalInterface
    public interface RowSource {
        /** The bytes of {@code row}, in the tensor's type. */
        byte[] row(int row);
    }

    private record Planned(String name, WeightFormat type, int rows, int columns, boolean vector, RowSource source) {
        long size() {
            return type.rowBytes(columns) * rows;
        }
    }

    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private final Map<String, Planned> tensors = new LinkedHashMap<>();

    /** Adds a u32. */
    public GgufWriter integer(String key, int value) {
        return put(key, 4, buffer(4).putInt(value).array());
    }

    /** Adds an f32. */
    public GgufWriter real(String key, float value) {
        return put(key, 6, buffer(4).putFloat(value).array());
    }

    /** Adds a bool. */
    public GgufWriter bool(String key, boolean value) {
        return put(key, 7, new byte[] {(byte) (value ? 1 : 0)});
    }

    /** Adds a string. */
    public GgufWriter text(String key, String value) {
        return put(key, 8, string(value));
    }

    /** Adds an array of strings. */
    public GgufWriter texts(String key, List<String> list) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(buffer(12).putInt(8).putLong(list.size()).array());
        list.forEach(value -> out.writeBytes(string(value)));
        return put(key, 9, out.toByteArray());
    }

    /** Adds an array of i32. */
    public GgufWriter integers(String key, int[] list) {
        ByteBuffer out = buffer(12 + 4 * list.length).putInt(5).putLong(list.length);
        for (int value : list) {
            out.putInt(value);
        }
        return put(key, 9, out.array());
    }

    /** Adds an array of f32. */
    public GgufWriter reals(String key, float[] list) {
        ByteBuffer out = buffer(12 + 4 * list.length).putInt(6).putLong(list.length);
        for (float value : list) {
            out.putFloat(value);
        }
        return put(key, 9, out.array());
    }

    /** Adds a matrix. */
    public GgufWriter matrix(String name, WeightFormat type, int rows, int columns, RowSource source) {
        tensors.put(name, new Planned(name, type, rows, columns, false, source));
        return this;
    }

    /** Adds an F32 vector. */
    public GgufWriter vector(String name, float[] elements) {
        ByteBuffer bytes = buffer(elements.length * 4);
        for (float element : elements) {
            bytes.putFloat(element);
        }
        tensors.put(name, new Planned(name, WeightFormat.F32, 1, elements.length, true, row -> bytes.array()));
        return this;
    }

    /** Writes everything. */
    public void write(Path path) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
            byte[] header = header();
            out.write(header);
            out.write(new byte[padding(header.length)]);
            for (Planned tensor : tensors.values()) {
                for (int row = 0; row < tensor.rows(); row++) {
                    out.write(tensor.source().row(row));
                }
                out.write(new byte[padding(tensor.size())]);
            }
        }
    }

    private byte[] header() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(buffer(24)
                .putInt(GgufParser.MAGIC)
                .putInt(3)
                .putLong(tensors.size())
                .putLong(values.size())
                .array());
        values.forEach((key, value) -> {
            out.writeBytes(string(key));
            out.writeBytes(value);
        });
        long offset = 0;
        for (Planned tensor : tensors.values()) {
            out.writeBytes(string(tensor.name()));
            ByteBuffer shape = buffer(tensor.vector() ? 12 : 20).putInt(tensor.vector() ? 1 : 2);
            shape.putLong(tensor.columns());
            if (!tensor.vector()) {
                shape.putLong(tensor.rows());
            }
            out.writeBytes(shape.array());
            out.writeBytes(
                    buffer(12).putInt(tensor.type().number()).putLong(offset).array());
            offset += tensor.size() + padding(tensor.size());
        }
        return out.toByteArray();
    }

    private GgufWriter put(String key, int type, byte[] value) {
        values.put(key, buffer(4 + value.length).putInt(type).put(value).array());
        return this;
    }

    private static byte[] string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return buffer(8 + bytes.length).putLong(bytes.length).put(bytes).array();
    }

    private static int padding(long size) {
        return (int) ((ALIGNMENT - size % ALIGNMENT) % ALIGNMENT);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
