package org.hearthnet.inference.opencl;

import java.util.Objects;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/** Queues {@code matmul.cl} with the variant for the weights' format and the number of vectors. */
final class MatrixProduct {
    private final OpenClKernel kernel;

    MatrixProduct(OpenClKernel kernel) {
        this.kernel = kernel;
    }

    void run(OpenClMatrix weights, OpenClActivations x, DeviceBuffer out, int fromRow, int toRow) {
        Objects.checkFromToIndex(fromRow, toRow, weights.rows());
        if (weights.kernel() != kernel || x.columns() != weights.columns()) {
            throw new IllegalArgumentException("the matrix belongs to another kernel or has other columns");
        }
        if (fromRow == toRow || x.rows() == 0) {
            return;
        }
        KernelLayout layout = kernel.layout();
        int vectors = x.rows() == 1 ? 1 : x.rows() < layout.vectors() ? layout.vectors() / 2 : layout.vectors();
        int tiles = (toRow - 1) / layout.tile() - fromRow / layout.tile() + 1;
        long groups = (x.rows() + vectors - 1) / vectors;
        WeightFormat format = weights.type();
        var name = new KernelName("matmul", "matmul", "-DFORMAT_" + format + " -DVECTORS=" + vectors);
        long local = layout.tile() / layout.width();
        if (format.isQuantized()) {
            QuantBuffers q = x.quantized();
            kernel.launch(
                    name,
                    new Grid(groups, local, tiles, layout.slices()),
                    weights.buffer(),
                    weights.tileBytes(),
                    weights.rows(),
                    weights.columns(),
                    q.quants(),
                    q.scales(),
                    q.sums(),
                    x.rows(),
                    out,
                    fromRow,
                    toRow,
                    kernel.poison());
        } else {
            kernel.launch(
                    name,
                    new Grid(groups, local, tiles, 1),
                    weights.buffer(),
                    weights.tileBytes(),
                    weights.rows(),
                    weights.columns(),
                    x.values(),
                    x.rows(),
                    out,
                    fromRow,
                    toRow,
                    kernel.poison());
        }
    }
}
