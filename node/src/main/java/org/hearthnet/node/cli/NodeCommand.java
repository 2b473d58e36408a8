package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.node.app.NodeRuntime;
import org.hearthnet.node.log.NodeLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth node}: follows the chain, and votes on its blocks if the account has a seat. */
@Command(
        name = "node",
        description = "Run a full node: it follows the chain, and votes if its account has a seat in the committee.")
final class NodeCommand implements Callable<Integer> {
    @Mixin
    private final JoinOptions join = new JoinOptions();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--verbose", description = "Log details too.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeLog.install(verbose);
        Shutdown shutdown = Shutdown.onSignal();
        try (NodeRuntime node = NodeRuntime.open(join.options())) {
            NodeParts.join(node);
            node.openLocally(List.of());
            print(node);
            shutdown.await(node.storeFailure());
            NodeLog.of("node").info("closing at height %d", node.chain().height());
        } finally {
            shutdown.done();
        }
        return ExitCode.DONE;
    }

    private void print(NodeRuntime node) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("account", node.key().id());
        document.put("network", node.network());
        document.put("seat", node.chain().hasSeat());
        document.put("addresses", node.addresses());
        output.print(document, () -> node.addresses().forEach(a -> output.line("%s", a)));
    }
}
