package org.hearthnet.node.cli;

import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import picocli.CommandLine.Option;

/** What computes, and with how many threads. */
final class BackendOptions {
    private static final int MAX_THREADS = 1_024;

    @Option(names = "--threads", defaultValue = "0", description = "Threads; all processors if not given.")
    private int threads;

    @Option(
            names = {"--backend", "--kernel"},
            defaultValue = "auto",
            description = "What computes (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String backend;

    /** The number of threads. */
    int threads() {
        if (threads < 0 || threads > MAX_THREADS) {
            throw CommandException.usage("--threads must be from 1 to " + MAX_THREADS);
        }
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    /** Opens the back end. */
    Kernel open() {
        try {
            return Kernels.choose(backend, threads());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
