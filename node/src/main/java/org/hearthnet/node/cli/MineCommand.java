package org.hearthnet.node.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.token.Tokenizers;
import org.hearthnet.node.app.NodeRuntime;
import org.hearthnet.node.gateway.LocalJobs;
import org.hearthnet.node.local.NodeDirectory;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.pipeline.ledger.NodeJobs;
import org.hearthnet.node.service.MiningChecks;
import org.hearthnet.node.service.MiningException;
import org.hearthnet.node.service.MiningOptions;
import org.hearthnet.node.service.MiningService;
import org.hearthnet.node.service.fault.Fault;
import org.hearthnet.node.service.plan.BondPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth mine}: joins; verifies or serves, as the ledger allows. */
@Command(
        name = "mine",
        description = "Join a network and earn: a newcomer checks others' work, a veteran also runs layers for pay.")
final class MineCommand implements Callable<Integer> {
    private static final NodeLog LOG = NodeLog.of("mine");
    private static final Duration SYNC = Duration.ofSeconds(60);

    @Mixin
    private final JoinOptions join = new JoinOptions();

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--layers", paramLabel = "A-B", description = "Layers to offer, from 0; all if not given.")
    private @Nullable String layers;

    @Option(
            names = "--price",
            paramLabel = "SPARKS",
            defaultValue = "500",
            description = "For one layer of one token, in millionths of a credit (${DEFAULT-VALUE}).")
    private long price;

    @Option(names = "--slots", defaultValue = "2", description = "Stages that may run at once (${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--bond",
            defaultValue = "auto",
            description =
                    "auto: what the network demands, as soon as it is allowed; none; or credits (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String bond;

    @Option(
            names = "--fault",
            paramLabel = "KIND:P",
            description = "Demo networks only: skip-layer, flip-bit, wrong-token or no-serve at a share P of places.")
    private @Nullable String fault;

    @Mixin
    private final KernelOption kernel = new KernelOption();

    @Option(names = "--threads", defaultValue = "1", description = "Threads to compute with (${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--checks", defaultValue = "1", description = "Duties that run at one time (${DEFAULT-VALUE}).")
    private int checks;

    @Option(
            names = "--cache-mib",
            defaultValue = "64",
            description = "Memory for the caches of jobs, and again of duties (${DEFAULT-VALUE}).")
    private int cacheMib;

    @Option(names = "--store-mib", defaultValue = "2048", description = "Disk for inputs of jobs (${DEFAULT-VALUE}).")
    private int storeMib;

    @Option(
            names = "--worker",
            paramLabel = "MULTIADDR",
            description = "Another machine of yours that runs 'hearth worker' and shares the work; repeatable.")
    private List<String> workers = new ArrayList<>();

    @Option(names = "--verbose", description = "Log details too.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeLog.install(verbose);
        Shutdown shutdown = Shutdown.onSignal();
        model.searchIn(Optional.of(join.data()));
        try (GgufFile file = model.open()) {
            // The genesis file alone says what may be mined: nobody is called before that is clear.
            ChainSpec spec = new NodeDirectory(join.data()).adopt(join.options().genesis());
            ModelManifest manifest = check(spec, file);
            MiningOptions options = options(spec, manifest);
            try (NodeRuntime node = NodeRuntime.open(join.options())) {
                run(node, file, manifest, options);
                shutdown.await(node.storeFailure());
                LOG.info("closing at height %d", node.chain().height());
            }
        } finally {
            shutdown.done();
        }
        return ExitCode.DONE;
    }

    private ModelManifest check(ChainSpec spec, GgufFile file) throws IOException {
        try {
            LOG.info("kernel %s gives the network's bits", MiningChecks.kernel(kernel.name(), threads));
            LOG.info("reading every weight of %s to compare it with the approved models", model.name());
            ModelManifest manifest = MiningChecks.model(spec, file, model.name());
            LOG.info(
                    "the model is %s, approved as %s",
                    manifest.name(), manifest.id().shortHex());
            return manifest;
        } catch (MiningException e) {
            throw failure(e);
        }
    }

    private MiningOptions options(ChainSpec spec, ModelManifest manifest) {
        try {
            LayerSpan span = layers == null ? new LayerSpan(0, manifest.shape().layers()) : span(layers);
            Optional<Fault> planted = Optional.ofNullable(fault).map(Fault::parse);
            MiningChecks.options(spec, manifest, span, planted);
            var compute = new MiningOptions.Compute(
                    kernel.name(),
                    threads,
                    checks,
                    (long) cacheMib << 20,
                    (long) storeMib << 20,
                    NodeRuntime.addresses(workers, true));
            return new MiningOptions(span, price, slots, BondPolicy.parse(bond), planted, compute);
        } catch (MiningException e) {
            throw failure(e);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static CommandException failure(MiningException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case USAGE -> CommandException.usage(message);
            case CHECK -> CommandException.failed(message);
        };
    }

    /** {@code A-B}, both included, or one number. */
    static LayerSpan span(String text) {
        String[] bounds = text.split("-", -1);
        try {
            if (bounds.length <= 2) {
                int last = Integer.parseInt(bounds[bounds.length - 1]);
                return new LayerSpan(Integer.parseInt(bounds[0]), Math.addExact(last, 1));
            }
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("layers are given as A-B, such as 0-5, not " + text, e);
        }
        throw new IllegalArgumentException("layers are given as A-B, such as 0-5, not " + text);
    }

    private void run(NodeRuntime node, GgufFile file, ModelManifest manifest, MiningOptions options)
            throws IOException, InterruptedException {
        NodeJobs jobs = NodeParts.join(node);
        if (!jobs.awaitSync(SYNC)) {
            LOG.warn("no peer has told the height of its chain yet; mining begins anyway");
        }
        var base = new MiningService.Base(
                node.chain(),
                node.key(),
                node.host(),
                jobs,
                node.data(),
                file,
                manifest,
                node::addresses,
                node.notices()::seek);
        node.onClose(MiningService.start(base, options));
        // A miner is also a client: submit goes through it.
        node.openLocally(List.of(new LocalJobs(jobs.texts(manifest, Tokenizers.of(file.metadata())))));
        LOG.info(
                "%s now; offers layers %s for %d sparks a layer of a token once it is a veteran",
                node.chain().read(v -> v.role(node.key().id())), options.layers(), options.price());
        print(node, manifest, options);
    }

    private void print(NodeRuntime node, ModelManifest manifest, MiningOptions options) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("account", node.key().id());
        document.put("network", node.network());
        document.put("model", manifest.id());
        document.put("layers", options.layers().toString());
        document.put("addresses", node.addresses());
        output.print(document, () -> node.addresses().forEach(a -> output.line("%s", a)));
    }
}
