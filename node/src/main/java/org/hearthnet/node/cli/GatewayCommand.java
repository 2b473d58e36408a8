package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hearthnet.node.gateway.Gateway;
import org.hearthnet.node.gateway.GatewayConfig;
import org.hearthnet.node.gateway.TextCompleter;
import org.hearthnet.node.log.NodeLog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth gateway}: a buying node with OpenAI's interface in front. */
@Command(name = "gateway", description = "Offer the network to programs that speak OpenAI's completions.")
final class GatewayCommand implements Callable<Integer> {
    @Mixin
    private final JoinOptions join = new JoinOptions();

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final JobOptions job = new JobOptions();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String host;

    @Option(names = "--port", defaultValue = "8080", description = "Port; 0 for any (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--api-key", description = "What callers must show; anybody may call if not given.")
    private @Nullable String apiKey;

    @Option(names = "--concurrent", defaultValue = "4", description = "Completions at one time (${DEFAULT-VALUE}).")
    private int concurrent;

    @Option(names = "--verbose", description = "Log details too.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeLog.install(verbose);
        NodeLog log = NodeLog.of("gateway");
        GatewayConfig config = config();
        Shutdown shutdown = Shutdown.onSignal();
        try (ClientNode node = ClientNode.start(join, model)) {
            node.ready(log::info);
            long since = node.runtime().spec().timeMs() / 1000;
            try (Gateway gateway = Gateway.start(config, new TextCompleter(node.texts(), node.chatTemplate(), since))) {
                node.openLocally();
                String url = "http://" + host + ":" + gateway.port() + "/v1";
                output.print(Map.of("url", url), () -> output.line("OpenAI's interface at %s", url));
                shutdown.await(node.runtime().storeFailure());
                return ExitCode.DONE;
            }
        } finally {
            shutdown.done();
        }
    }

    private GatewayConfig config() {
        try {
            return new GatewayConfig(host, port, Optional.ofNullable(apiKey), job.maxPrice(), job.stages(), concurrent);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
