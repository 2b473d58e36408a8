package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.hearthnet.node.app.NodeOptions;
import org.hearthnet.node.app.NodeRuntime;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.local.NodeDirectory;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.hearthnet.node.pipeline.group.GroupTimes;
import org.hearthnet.node.pipeline.group.WorkerService;
import org.hearthnet.node.service.MiningChecks;
import org.hearthnet.node.service.MiningException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth worker}: a second machine of one owner, which shares the stages of the first. */
@Command(
        name = "worker",
        description = "Share the work of another machine of yours that mines: run this here, and mine --worker there.")
final class WorkerCommand implements Callable<Integer> {
    private static final NodeLog LOG = NodeLog.of("worker");

    @Option(names = "--data", required = true, description = "This machine's directory, with its key.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Option(
            names = "--leader",
            required = true,
            paramLabel = "ACCOUNT",
            description =
                    "The account of the node that mines, as 'hearth key show' prints it there; nobody else is served.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String leader;

    @Option(names = "--listen", paramLabel = "MULTIADDR", description = "Where to listen; repeatable.")
    private List<String> listen = new ArrayList<>();

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final BackendOptions backend = new BackendOptions();

    @Option(
            names = "--cache-mib",
            defaultValue = "64",
            description = "Memory for the caches of jobs (${DEFAULT-VALUE}).")
    private int cacheMib;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeLog.install(false);
        if (cacheMib < 1) {
            throw CommandException.usage("--cache-mib must be at least 1");
        }
        PeerId peer = Peers.peerId(AccountIds.parse(leader));
        Shutdown shutdown = Shutdown.onSignal();
        model.searchIn(Optional.of(data));
        try (GgufFile file = model.open()) {
            KeyPair key = new NodeDirectory(data).key();
            LOG.info("kernel %s gives the network's bits", checkedKernel());
            LOG.info("reading every weight of %s", model.name());
            ModelManifest manifest = ManifestBuilder.of(file, model.name());
            List<String> where = listen.isEmpty() ? List.of(NodeOptions.DEFAULT_LISTEN) : listen;
            HostConfig config = HostConfig.of(Peers.identity(key), NodeRuntime.addresses(where, false))
                    .withAgentVersion("hearth/0.1.0");
            var weights = new WorkerService.Model(
                    file, WorkerService.modelId(manifest), backend.name(), backend.threads(), (long) cacheMib << 20);
            try (Host host = Libp2pHost.start(config);
                    WorkerService service =
                            new WorkerService(host, peer, weights, GroupTimes.DEFAULT, line -> LOG.info("%s", line))) {
                print(host, manifest);
                shutdown.await();
            }
        } finally {
            shutdown.done();
        }
        return ExitCode.DONE;
    }

    private String checkedKernel() {
        try {
            return MiningChecks.kernel(backend.name(), backend.threads());
        } catch (MiningException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }

    private void print(Host host, ModelManifest manifest) {
        List<String> addresses = host.listenAddresses().stream()
                .map(address -> address.withPeer(host.id()).toString())
                .toList();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("model", manifest.id());
        document.put("addresses", addresses);
        output.print(document, () -> addresses.forEach(a -> output.line("mine with  --worker %s", a)));
    }
}
