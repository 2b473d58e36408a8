package org.hearthnet.inference.opencl;

/**
 * How work is cut for a kind of chip; it changes no result.
 *
 * @param width numbers that a work-item handles side by side
 * @param tile rows of a tile of weights
 * @param slices work-items that share the blocks of a row
 * @param vectors most vectors that a work-item multiplies with the weights it has read
 * @param workGroup work-items of a group of simple kernels
 */
record KernelLayout(int width, int tile, int slices, int vectors, int workGroup) {
    /** CPUs: wide vectors inside of a work-item, and groups of few work-items. */
    static final KernelLayout CPU = new KernelLayout(16, 16, 1, 8, 256);

    /** GPUs: rows beside each other in the lanes of a group, four times over. */
    static final KernelLayout GPU = new KernelLayout(1, 64, 4, 8, 256);

    static KernelLayout of(OpenClDevice device) {
        return device.type() == OpenClDevice.Type.CPU ? CPU : GPU;
    }

    /** Definitions for the compiler. */
    String definitions() {
        return "-DWIDTH=" + width + " -DTILE=" + tile + " -DSLICES=" + slices;
    }
}
