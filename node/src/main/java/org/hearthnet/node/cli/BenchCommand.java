package org.hearthnet.node.cli;

import picocli.CommandLine.Command;

/** {@code hearth bench}: measurements on this machine. */
@Command(
        name = "bench",
        description = "Measure this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BenchInferenceCommand.class,
            BenchVerifyCommand.class,
            BenchModelCommand.class,
            BenchLedgerCommand.class,
            BenchCommitteeCommand.class,
            BenchPipelineCommand.class,
            BenchPipelineStageCommand.class
        })
final class BenchCommand {
    /** Of KV caches that a bench may hold. */
    static final long KV_BYTES = 4L << 30;

    private BenchCommand() {}

    /** On standard error, since standard output is for the result. */
    static StepProgress progress() {
        return new StepProgress("bench", System.err);
    }

    /** To three decimals: no measurement here is better. */
    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
