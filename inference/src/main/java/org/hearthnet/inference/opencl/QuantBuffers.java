package org.hearthnet.inference.opencl;

import org.hearthnet.genesis.arithmetic.Arithmetic;

/** Quantised vectors: quants as floats, a scale and a sum of quants for each block of 32. */
record QuantBuffers(DeviceBuffer quants, DeviceBuffer scales, DeviceBuffer sums) {
    static QuantBuffers allocate(CommandQueue queue, int length) {
        long blocks = length / Arithmetic.BLOCK;
        return new QuantBuffers(
                queue.allocate((long) length * Float.BYTES),
                queue.allocate(blocks * Float.BYTES),
                queue.allocate(blocks * Float.BYTES));
    }

    void free(CommandQueue queue) {
        queue.free(quants);
        queue.free(scales);
        queue.free(sums);
    }
}
