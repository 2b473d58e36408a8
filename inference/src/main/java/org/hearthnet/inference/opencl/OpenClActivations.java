package org.hearthnet.inference.opencl;

import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.inference.kernel.Activations;

/** A batch for matrices: checked, or quantised, when the first of them asks. */
final class OpenClActivations implements Activations {
    private static final KernelName QUANTIZE = new KernelName("elementwise", "quantize");
    private static final KernelName CHECK = new KernelName("elementwise", "check");

    private final OpenClKernel kernel;
    private final OpenClArray x;
    private final int rows;
    private final int columns;
    private boolean checked;

    OpenClActivations(OpenClKernel kernel, OpenClArray x, int rows, int columns) {
        this.kernel = kernel;
        this.x = x;
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** The vectors as they are. */
    DeviceBuffer values() {
        if (!checked) {
            checked = true;
            kernel.launch(CHECK, kernel.items((long) rows * columns), x.buffer(), rows * columns, kernel.poison());
        }
        return x.buffer();
    }

    /** The vectors in int8. */
    QuantBuffers quantized() {
        boolean known = x.quantizedFor() == this;
        QuantBuffers to = x.quants(this);
        if (!known) {
            int blocks = rows * (columns / Arithmetic.BLOCK);
            kernel.launch(
                    QUANTIZE,
                    kernel.items(blocks),
                    x.buffer(),
                    blocks,
                    to.quants(),
                    to.scales(),
                    to.sums(),
                    kernel.poison());
        }
        return to;
    }
}
