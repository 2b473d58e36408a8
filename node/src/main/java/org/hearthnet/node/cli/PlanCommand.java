package org.hearthnet.node.cli;

import picocli.CommandLine.Command;

/** {@code hearth plan}: how machines should be joined, and what comes of it. */
@Command(
        name = "plan",
        description = "How fast a model runs on given machines, what limits it, and what it costs.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {PlanArticleCommand.class})
final class PlanCommand {
    private PlanCommand() {}
}
