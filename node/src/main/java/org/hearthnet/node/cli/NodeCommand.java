package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.hearthnet.node.app.NodeRuntime;
import org.hearthnet.node.log.NodeLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth node}: follows the chain and forwards; proposes blocks if its key is the network's proposer. */
@Command(name = "node", description = "Run a full node without mining; it makes the blocks if it is the proposer.")
final class NodeCommand implements Callable<Integer> {
    @Mixin
    private final JoinOptions join = new JoinOptions();

    @Option(names = "--verbose", description = "Log details too.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeLog.install(verbose);
        try (NodeRuntime runtime = NodeRuntime.open(join.options())) {
            NodeParts.join(runtime);
            runtime.openLocally(List.of());
            Shutdown.await();
            return ExitCode.DONE;
        }
    }
}
