package org.hearthnet.node.cli;

/** What a command's exit code says. */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;

    /** A check failed. */
    static final int CHECK_FAILED = 1;

    /** Wrong usage. */
    static final int USAGE = 2;

    /** Something outside is unavailable: a file, a peer, a program. */
    static final int UNAVAILABLE = 3;

    private ExitCode() {}
}
