package org.hearthnet.inference.kernel;

/** A batch of vectors on its way into one or more {@link Kernel#matmul} calls of the kernel that wrapped it. */
public interface Activations {
    /** Vectors in the batch. */
    int rows();

    /** Elements of each vector. */
    int columns();
}
