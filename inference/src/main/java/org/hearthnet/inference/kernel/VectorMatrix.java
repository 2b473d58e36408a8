package org.hearthnet.inference.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;
import org.jspecify.annotations.Nullable;

/**
 * Weights in tiles of 16 rows, rows in lanes; the last tile is filled up with zero rows. A tile of F32 or F16 is
 * [columns][16] values; one of Q8_0 is, for each block, 32 groups of 16 int8 and then 16 fp16 scales.
 */
record VectorMatrix(WeightFormat type, int rows, int columns, MemorySegment data) implements PreparedMatrix {
    private static final Set<WeightFormat> RUN = EnumSet.of(WeightFormat.F32, WeightFormat.F16, WeightFormat.Q8_0);

    /** Rows of a tile. */
    static final int TILE = 16;

    private static final int Q8_BLOCK_BYTES = WeightFormat.Q8_0.blockBytes();

    /** Bytes of one block of a Q8_0 tile. */
    static final int Q8_BYTES = TILE * Q8_BLOCK_BYTES;

    /** Offset of the scales in it. */
    static final int Q8_SCALES = 32 * TILE;

    /** Readers of 4 lanes load 8 bytes at a time. */
    private static final int PADDING = 64;

    @Override
    public long bytes() {
        return data.byteSize();
    }

    int tiles() {
        return tiles(rows);
    }

    long tileBytes() {
        return TILE * type.rowBytes(columns);
    }

    private static int tiles(int rows) {
        return (rows + TILE - 1) / TILE;
    }

    static VectorMatrix repack(GgufTensor tensor, Arena arena, WorkerPool pool) throws GgufException {
        if (!RUN.contains(tensor.type())) {
            throw new GgufException(tensor.name(), "type", -1, "the vector kernel does not run " + tensor.type());
        }
        long bytes = tiles(tensor.rows()) * TILE * tensor.type().rowBytes(tensor.columns());
        var matrix = new VectorMatrix(
                tensor.type(), tensor.rows(), tensor.columns(), NativeMemory.allocate(bytes + PADDING, arena));
        var failure = new AtomicReference<@Nullable GgufException>();
        pool.run(matrix.tiles(), tile -> {
            try {
                matrix.fillTile(tensor, tile);
            } catch (GgufException e) {
                failure.compareAndSet(null, e);
            }
        });
        GgufException error = failure.get();
        if (error != null) {
            throw error;
        }
        return matrix;
    }

    private void fillTile(GgufTensor tensor, int tile) throws GgufException {
        byte[] packed = new byte[Math.toIntExact(tileBytes())];
        byte[] row = new byte[tensor.rowSize()];
        for (int lane = 0; lane < TILE && tile * TILE + lane < rows; lane++) {
            tensor.copyRow(tile * TILE + lane, row);
            WeightCheck.check(tensor, tile * TILE + lane, row);
            switch (type) {
                case F32 -> interleave(row, packed, lane, 4);
                case F16 -> interleave(row, packed, lane, 2);
                case Q8_0 -> interleaveQ8(row, packed, lane);
                case BF16, Q4_0, Q4_K, Q5_K, Q6_K -> throw new IllegalArgumentException(type.toString());
            }
        }
        MemorySegment.copy(MemorySegment.ofArray(packed), 0, data, tile * tileBytes(), packed.length);
    }

    private static void interleave(byte[] row, byte[] packed, int lane, int size) {
        for (int i = 0; i < row.length / size; i++) {
            for (int b = 0; b < size; b++) {
                packed[(i * TILE + lane) * size + b] = row[i * size + b];
            }
        }
    }

    private static void interleaveQ8(byte[] row, byte[] packed, int lane) {
        for (int block = 0; block < row.length / Q8_BLOCK_BYTES; block++) {
            int from = block * Q8_BLOCK_BYTES;
            int to = block * Q8_BYTES;
            short scale = Half.at(row, from);
            packed[to + Q8_SCALES + 2 * lane] = (byte) scale;
            packed[to + Q8_SCALES + 2 * lane + 1] = (byte) (scale >> 8);
            for (int i = 0; i < 32; i++) {
                packed[to + i * TILE + lane] = row[from + 2 + i];
            }
        }
    }
}
