package org.hearthnet.inference.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;
import org.jspecify.annotations.Nullable;

/** Weights in tiles of 16 rows, rows in lanes, see {@link TileLayout}; the last tile is filled up with zero rows. */
record VectorMatrix(TileLayout layout, int rows, int columns, MemorySegment data) implements PreparedMatrix {
    /** Rows of a tile. */
    static final int TILE = TileLayout.ROWS;

    /** Readers of 4 lanes load 8 bytes at a time. */
    private static final int PADDING = 64;

    /** Tiles that one task packs. */
    private static final int TASK = 4;

    @Override
    public WeightFormat type() {
        return layout.format();
    }

    @Override
    public long bytes() {
        return data.byteSize();
    }

    int tiles() {
        return tiles(rows);
    }

    long tileBytes() {
        return layout.tileBytes(columns);
    }

    private static int tiles(int rows) {
        return (rows + TILE - 1) / TILE;
    }

    static VectorMatrix repack(GgufTensor tensor, Arena arena, WorkerPool pool) throws GgufException {
        TileLayout layout = TileLayout.of(tensor.type());
        long bytes = tiles(tensor.rows()) * layout.tileBytes(tensor.columns());
        var matrix = new VectorMatrix(
                layout, tensor.rows(), tensor.columns(), NativeMemory.allocate(bytes + PADDING, arena));
        var failure = new AtomicReference<@Nullable GgufException>();
        pool.run((matrix.tiles() + TASK - 1) / TASK, task -> {
            try {
                matrix.fill(tensor, task * TASK, Math.min(matrix.tiles(), (task + 1) * TASK));
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

    private void fill(GgufTensor tensor, int from, int to) throws GgufException {
        var packer = new TilePacker(layout, columns);
        byte[][] lanes = new byte[TILE][tensor.rowSize()];
        for (int tile = from; tile < to; tile++) {
            for (int lane = 0; lane < TILE; lane++) {
                int row = tile * TILE + lane;
                if (row < rows) {
                    tensor.copyRow(row, lanes[lane]);
                    WeightCheck.check(tensor, row, lanes[lane]);
                } else {
                    java.util.Arrays.fill(lanes[lane], (byte) 0);
                }
            }
            packer.pack(lanes);
            MemorySegment.copy(MemorySegment.ofArray(packer.tile()), 0, data, tile * tileBytes(), tileBytes());
        }
    }
}
