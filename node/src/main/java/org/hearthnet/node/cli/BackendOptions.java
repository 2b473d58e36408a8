package org.hearthnet.node.cli;

import org.hearthnet.inference.kernel.Kernel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What computes, and with how many threads. */
final class BackendOptions {
    private static final int MAX_THREADS = 1_024;

    @Option(names = "--threads", defaultValue = "0", description = "Threads; all processors if not given.")
    private int threads;

    @Mixin
    private final KernelOption kernel = new KernelOption();

    /** The number of threads. */
    int threads() {
        if (threads < 0 || threads > MAX_THREADS) {
            throw CommandException.usage("--threads must be from 1 to " + MAX_THREADS);
        }
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    /** The back end's name. */
    String name() {
        return kernel.name();
    }

    /** Opens the back end. */
    Kernel open() {
        return kernel.open(threads());
    }
}
