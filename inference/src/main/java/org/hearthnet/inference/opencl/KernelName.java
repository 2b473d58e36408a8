package org.hearthnet.inference.opencl;

/**
 * A kernel function.
 *
 * @param file source file without its ending
 * @param definitions for the compiler, such as {@code -DVECTORS=8}; may be empty
 */
record KernelName(String file, String function, String definitions) {
    /** A function of a file that is compiled one way only. */
    KernelName(String file, String function) {
        this(file, function, "");
    }
}
