package org.hearthnet.inference.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.hearthnet.inference.kernel.WeightCheck;
import org.jspecify.annotations.Nullable;

/** Weights on the device in tiles of rows, see {@link TransposedBlocks}; the last tile is filled up with zero rows. */
record OpenClMatrix(OpenClKernel kernel, WeightFormat type, int rows, int columns, DeviceBuffer buffer, long bytes)
        implements PreparedMatrix {
    /** Bytes that are packed before they are sent. */
    private static final long CHUNK_BYTES = 16 << 20;

    /**
     * Packs and sends a tensor.
     *
     * @throws GgufException if a weight is infinite or NaN
     * @throws org.hearthnet.inference.kernel.DeviceMemoryException if the device has no room
     */
    static OpenClMatrix upload(OpenClKernel kernel, GgufTensor tensor) throws GgufException {
        var packer = new TransposedBlocks(tensor.type(), kernel.layout().tile());
        int tileRows = kernel.layout().tile();
        int tiles = (tensor.rows() + tileRows - 1) / tileRows;
        long tileBytes = packer.tileBytes(tensor.columns());
        CommandQueue queue = kernel.queue();
        DeviceBuffer buffer = queue.allocate(tiles * tileBytes);
        int atOnce = (int) Math.clamp(CHUNK_BYTES / tileBytes, 1, tiles);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment staging = arena.allocate(atOnce * tileBytes, 64);
            for (int from = 0; from < tiles; from += atOnce) {
                int first = from;
                int count = Math.min(atOnce, tiles - from);
                var failure = new AtomicReference<@Nullable GgufException>();
                IntStream.range(0, count).parallel().forEach(i -> {
                    try {
                        fill(packer, tensor, (first + i) * tileRows, staging.asSlice(i * tileBytes, tileBytes));
                    } catch (GgufException e) {
                        failure.compareAndSet(null, e);
                    }
                });
                GgufException error = failure.get();
                if (error != null) {
                    queue.free(buffer);
                    throw error;
                }
                queue.writeNow(buffer, from * tileBytes, staging.asSlice(0, count * tileBytes));
            }
        }
        return new OpenClMatrix(kernel, tensor.type(), tensor.rows(), tensor.columns(), buffer, tiles * tileBytes);
    }

    private static void fill(TransposedBlocks packer, GgufTensor tensor, int firstRow, MemorySegment tile)
            throws GgufException {
        byte[] row = new byte[tensor.rowSize()];
        int count = Math.min(packer.rows(), tensor.rows() - firstRow);
        if (count < packer.rows()) {
            tile.fill((byte) 0);
        }
        for (int lane = 0; lane < count; lane++) {
            tensor.copyRow(firstRow + lane, row);
            WeightCheck.check(tensor, firstRow + lane, row);
            packer.put(row, lane, tile);
        }
    }

    /** Bytes of a tile. */
    long tileBytes() {
        return type.rowBytes(columns) * kernel.layout().tile();
    }
}
