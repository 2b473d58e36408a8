package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.WeightFormat;

/** A weight matrix in the layout of the kernel that prepared it, and usable by that kernel only. */
public interface PreparedMatrix {
    /** Output elements. */
    int rows();

    /** Input elements. */
    int columns();

    /** Format of the weights; quantised ones read quantised vectors. */
    WeightFormat type();

    /** Bytes held. */
    long bytes();
}
