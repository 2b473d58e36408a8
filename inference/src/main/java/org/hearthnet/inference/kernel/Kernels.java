package org.hearthnet.inference.kernel;

import java.util.List;

/** Chooses a kernel by name. */
public final class Kernels {
    /** The names that {@link #choose} knows. */
    public static final List<String> NAMES = List.of("auto", "vector", "reference");

    private Kernels() {}

    /**
     * Opens a kernel: {@code vector}, {@code reference}, or {@code auto} for the fastest that this JVM can run.
     *
     * @param threads threads of kernels that have several
     * @throws IllegalArgumentException if the name is unknown, or the kernel cannot run here
     */
    public static Kernel choose(String name, int threads) {
        return switch (name) {
            case "auto" -> vectorApiPresent() ? new VectorKernel(threads) : new ReferenceKernel();
            case "vector" -> {
                if (!vectorApiPresent()) {
                    throw new IllegalArgumentException(
                            "the vector kernel needs a JVM started with --add-modules=jdk.incubator.vector");
                }
                yield new VectorKernel(threads);
            }
            case "reference" -> new ReferenceKernel();
            default -> throw new IllegalArgumentException("unknown kernel '" + name + "', there are " + NAMES);
        };
    }

    private static boolean vectorApiPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }
}
