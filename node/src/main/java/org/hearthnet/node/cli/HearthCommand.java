package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.kernel.DeviceException;
import org.hearthnet.node.local.LocalException;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.plan.PlanException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code hearth}, with everything below it. */
@Command(
        name = "hearth",
        mixinStandardHelpOptions = true,
        version = "hearth 0.1.0",
        description = "A network in which people's own machines run language models for one another.",
        footer = {"", "Start with:  ./hearth demo", "Tests:       ./hearth test [--long]"},
        subcommands = {
            DemoCommand.class,
            GenesisCommand.class,
            KeyCommand.class,
            MineCommand.class,
            NodeCommand.class,
            WorkerCommand.class,
            GenerateCommand.class,
            ModelCommand.class,
            DevicesCommand.class,
            SubmitCommand.class,
            GatewayCommand.class,
            StatusCommand.class,
            PeersCommand.class,
            AccountCommand.class,
            LedgerCommand.class,
            AuditCommand.class,
            BenchCommand.class,
            SimCommand.class,
            PlanCommand.class,
            CommandLine.HelpCommand.class
        })
public final class HearthCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private CommandSpec spec;

    private HearthCommand() {}

    /** Parses and runs {@code arguments}; returns the exit code. */
    public static int run(String[] arguments) {
        NodeLog.installQuiet(); // commands that run a node say more
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new HearthCommand());
        helpEverywhere(line.getCommandSpec());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((error, command, parsed) -> report(error));
        return line;
    }

    /** People ask a command itself ({@code hearth audit account --help}), not only {@code hearth help audit}. */
    private static void helpEverywhere(CommandSpec command) {
        for (CommandLine below : command.subcommands().values()) {
            CommandSpec spec = below.getCommandSpec();
            if (!spec.helpCommand() && !spec.mixinStandardHelpOptions()) {
                spec.mixinStandardHelpOptions(true);
            }
            helpEverywhere(spec);
        }
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(System.err);
        return ExitCode.USAGE;
    }

    /** People get a sentence; a stack trace only where the program itself is at fault. */
    private static int report(Exception error) throws Exception {
        return switch (error) {
            case CommandException e -> complain(e.exitCode(), String.valueOf(e.getMessage()));
            case LocalException e -> complain(exitCode(e.kind()), String.valueOf(e.getMessage()));
            case CodecException e -> complain(ExitCode.CHECK_FAILED, String.valueOf(e.getMessage()));
            case DeviceException e -> complain(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
            case GgufException e -> complain(ExitCode.CHECK_FAILED, String.valueOf(e.getMessage()));
            case PlanException e -> complain(ExitCode.USAGE, String.valueOf(e.getMessage()));
            case IOException e -> complain(ExitCode.UNAVAILABLE, e.getClass().getSimpleName() + ": " + e.getMessage());
            default -> throw error;
        };
    }

    private static int exitCode(LocalException.Kind kind) {
        return switch (kind) {
            case USAGE -> ExitCode.USAGE;
            case FAILED -> ExitCode.CHECK_FAILED;
            case UNAVAILABLE -> ExitCode.UNAVAILABLE;
        };
    }

    private static int complain(int code, String message) {
        System.err.println("hearth: " + message);
        return code;
    }
}
