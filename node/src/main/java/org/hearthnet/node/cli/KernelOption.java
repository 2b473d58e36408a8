package org.hearthnet.node.cli;

import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import picocli.CommandLine.Option;

/** Which back end computes. */
final class KernelOption {
    @Option(
            names = {"--kernel", "--backend"},
            paramLabel = "NAME",
            defaultValue = "auto",
            description =
                    "What computes: auto, vector, reference, opencl or opencl:N, tornado, as shown by 'hearth devices'"
                            + " (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String name;

    String name() {
        return name;
    }

    /** Opens it. */
    Kernel open(int threads) {
        try {
            return Kernels.choose(name, threads);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
