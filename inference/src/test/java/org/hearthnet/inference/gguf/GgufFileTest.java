package org.hearthnet.inference.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.model.Tales;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFileTest {
    @TempDir
    private Path directory;

    private byte[] small() throws IOException {
        Path path = directory.resolve("small.gguf");
        new GgufWriter()
                .text("general.architecture", "llama")
                .integer("number", -5)
                .real("real", 0.5f)
                .bool("flag", true)
                .texts("names", List.of("one", "", "drei"))
                .integers("list", new int[] {1, -2, 3})
                .matrix("matrix", WeightFormat.F16, 3, 4, row -> new byte[] {(byte) row, 1, 2, 3, 4, 5, 6, 7})
                .vector("vector", new float[] {1f, -2f})
                .matrix("blocks", WeightFormat.Q8_0, 2, 32, row -> filled(34, row + 1))
                .write(path);
        return Files.readAllBytes(path);
    }

    private static byte[] filled(int length, int value) {
        byte[] out = new byte[length];
        Arrays.fill(out, (byte) value);
        return out;
    }

    private GgufFile open(byte[] bytes) throws IOException {
        Path path = directory.resolve("case.gguf");
        Files.write(path, bytes);
        return GgufFile.open(path);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        try (GgufFile file = open(small())) {
            GgufMetadata meta = file.metadata();
            assertEquals(Optional.of("llama"), meta.text("general.architecture"));
            assertEquals(Optional.of(new GgufValue.Integral(0xFFFFFFFBL)), meta.find("number"));
            assertEquals(Optional.of(0.5), meta.real("real"));
            assertEquals(Optional.of(true), meta.bool("flag"));
            assertEquals(Optional.of(List.of("one", "", "drei")), meta.texts("names"));
            assertArrayEquals(new long[] {1, -2, 3}, meta.integrals("list").orElseThrow());
            assertThrows(GgufException.class, () -> meta.text("flag"));
            assertThrows(GgufException.class, () -> meta.integer("number", 0, 10));
            GgufTensor matrix = file.tensor("matrix", 3, 4);
            assertArrayEquals(new byte[] {2, 1, 2, 3, 4, 5, 6, 7}, matrix.rowBytes(2));
            assertThrows(IndexOutOfBoundsException.class, () -> matrix.rowBytes(3));
            assertArrayEquals(new float[] {1f, -2f}, file.tensor("vector", 1, 2).floats());
            assertArrayEquals(filled(34, 2), file.tensor("blocks").rowBytes(1));
            assertThrows(GgufException.class, () -> file.tensor("blocks", 1, 32));
            assertThrows(GgufException.class, () -> file.tensor("missing"));
        }
    }

    @Test
    void theEmbeddedModelIsRead() throws IOException {
        try (GgufFile file = Tales.open()) {
            assertEquals(
                    WeightFormat.Q8_0,
                    file.tensor("token_embd.weight", 4096, 256).type());
            assertEquals(2 + 6 * 9, file.tensors().size());
            assertTrue(file.metadata().keys().contains("tokenizer.chat_template"));
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = small();
        for (int length = 0; length < whole.length - 28; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(GgufException.class, () -> open(cut).close(), "cut to " + length);
        }
    }

    /** Whatever one flipped byte makes of the file, it is read in bounds or refused; nothing else is thrown. */
    @Test
    void mutationsAreReadOrRefused() throws IOException {
        long seed = 11;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] whole = small();
        int refused = 0;
        for (int round = 0; round < 4_000; round++) {
            byte[] mutated = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            try (GgufFile file = open(mutated)) {
                for (GgufTensor tensor : file.tensors()) {
                    tensor.rowBytes(tensor.rows() - 1);
                }
            } catch (GgufException e) {
                refused++;
                assertTrue(String.valueOf(e.getMessage()).startsWith("case.gguf: "), e::toString);
            }
        }
        assertTrue(refused > 500, "only " + refused + " refused");
    }

    @Test
    void hostileCountsAllocateNothing() throws IOException {
        for (long count : new long[] {-1, 1L << 40, 1 << 20, Long.MIN_VALUE}) {
            refused(header(3, count, 0), "tensor count");
            refused(header(3, 0, count), "metadata count");
            refused(key(9, b -> b.putInt(4).putLong(count)), "key");
            refused(key(9, b -> b.putInt(8).putLong(count)), "key");
            refused(key(8, b -> b.putLong(count)), "key");
        }
        refused(header(1, 0, 0), "version");
        refused(header(3 << 24, 0, 0), "version");
        refused(key(13, b -> b), "key");
        refused(key(9, b -> b.putInt(9).putLong(1)), "key");
        refused(key(7, b -> b.put((byte) 2)), "key");
        refused(key(8, b -> b.putLong(1).put((byte) 0xFF)), "key");
        refused(new byte[64], "magic");
    }

    @Test
    void hostileTensorsAreRefused() throws IOException {
        refused(tensor(5, 0, 0, 32, 1), "tensor 0");
        refused(tensor(2, 0, 0, 0, 1), "t");
        refused(tensor(2, 8, 0, 33, 1), "t");
        refused(tensor(2, 0, 7, 32, 1), "t");
        refused(tensor(2, 0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE), "t");
        refused(tensor(2, 0, 0, 1L << 33, 1), "t dimension 0");
        refused(tensor(2, 0, 1L << 62, 32, 1), "t");
        refused(tensor(2, 11, 0, 256, 1), "Q3_K");
    }

    @Test
    void overlapsAndRepetitionsAreRefused() throws IOException {
        refused(twoTensors("a", "b", 96), "overlaps that of a");
        refused(twoTensors("a", "a", 128), "occurs twice");
        open(twoTensors("a", "b", 128)).close();
    }

    private void refused(byte[] bytes, String named) {
        GgufException error =
                assertThrows(GgufException.class, () -> open(bytes).close());
        assertTrue(String.valueOf(error.getMessage()).contains(named), error::toString);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer start(int version, long tensors, long keys) {
        return buffer().putInt(GgufParser.MAGIC)
                .putInt(version)
                .putLong(tensors)
                .putLong(keys);
    }

    private static byte[] header(int version, long tensors, long keys) {
        return start(version, tensors, keys).array();
    }

    private static byte[] key(int type, java.util.function.UnaryOperator<ByteBuffer> value) {
        ByteBuffer out = start(3, 0, 1).putLong(3).put("key".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        ByteBuffer end = value.apply(out.putInt(type));
        return Arrays.copyOf(end.array(), end.position());
    }

    private static byte[] tensor(int dimensions, int type, long offset, long columns, long rows) {
        ByteBuffer out = start(3, 1, 0).putLong(1).put((byte) 't').putInt(dimensions);
        out.putLong(columns).putLong(rows);
        for (int d = 2; d < dimensions; d++) {
            out.putLong(1);
        }
        return out.putInt(type).putLong(offset).array();
    }

    private static byte[] twoTensors(String first, String second, long secondOffset) {
        ByteBuffer out = start(3, 2, 0);
        for (String name : List.of(first, second)) {
            out.putLong(1).put((byte) name.charAt(0)).putInt(1).putLong(32).putInt(0);
            out.putLong(out.position() < 80 ? 0 : secondOffset);
        }
        return out.array();
    }
}
