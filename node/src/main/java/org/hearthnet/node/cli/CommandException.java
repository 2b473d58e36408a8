package org.hearthnet.node.cli;

/** A command cannot go on; the message says why and what to do next. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The person asked for something that makes no sense. */
    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    /** Something outside this program is missing or does not answer. */
    static CommandException unavailable(String message) {
        return new CommandException(ExitCode.UNAVAILABLE, message);
    }

    /** What was to be checked is wrong. */
    static CommandException failed(String message) {
        return new CommandException(ExitCode.CHECK_FAILED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
