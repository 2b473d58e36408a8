package org.hearthnet.inference.kernel;

/** A weight matrix in the layout of the kernel that prepared it, and usable by that kernel only. */
public interface PreparedMatrix {
    /** Output elements. */
    int rows();

    /** Input elements. */
    int columns();

    /** Bytes held. */
    long bytes();
}
