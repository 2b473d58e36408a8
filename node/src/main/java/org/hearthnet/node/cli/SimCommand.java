package org.hearthnet.node.cli;

import picocli.CommandLine.Command;

/** {@code hearth sim}: parts of the network in one process, on virtual time. */
@Command(
        name = "sim",
        description = "Try the protocol under faults, on virtual time.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SimConsensusCommand.class, SimGossipCommand.class})
final class SimCommand {
    private SimCommand() {}
}
