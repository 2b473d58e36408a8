package org.hearthnet.node.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.node.app.NodeRuntime;
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

/** {@code hearth mine}: verifies or serves, as the ledger allows. */
@Command(
        name = "mine",
        description = "Join and earn: a newcomer verifies what others computed; a veteran also runs layers for pay.")
final class MineCommand implements Callable<Integer> {
    private static final Duration SYNC = Duration.ofSeconds(60);
    private static final long MIB = 1L << 20;

    @Mixin
    private final JoinOptions join = new JoinOptions();

    @Mixin
    private final ModelOption model = new ModelOption();

    @Option(names = "--layers", paramLabel = "A-B", description = "Layers to offer, from 0; all if not given.")
    private @Nullable String layers;

    @Option(
            names = "--price",
            paramLabel = "SPARKS",
            defaultValue = "500",
            description = "Price of one layer of one token (${DEFAULT-VALUE}; a credit has 1000000 sparks).")
    private long price;

    @Option(names = "--slots", defaultValue = "2", description = "Stages to run at one time (${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--bond",
            paramLabel = "auto|none|CREDITS",
            defaultValue = "auto",
            description = "What to stake once the reputation is there (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String bond;

    @Option(names = "--kernel", defaultValue = "auto", description = "auto, vector or reference.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String kernel;

    @Option(names = "--threads", defaultValue = "1", description = "Threads to compute with (${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--cache-mib",
            defaultValue = "64",
            description = "Memory of the caches of jobs (${DEFAULT-VALUE}).")
    private long cacheMiB;

    @Option(
            names = "--store-mib",
            defaultValue = "2048",
            description = "Disk for the inputs of jobs (${DEFAULT-VALUE}).")
    private long storeMiB;

    @Option(
            names = "--fault",
            paramLabel = "KIND:SHARE",
            description = "Cheat on purpose, to see it caught: skip-layer:P, flip-bit:P, wrong-token:P, no-serve:P."
                    + " Demo networks only.")
    private @Nullable String fault;

    @Option(names = "--verbose", description = "Log details too.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeLog.install(verbose);
        NodeLog log = NodeLog.of("mine");
        Shutdown shutdown = Shutdown.onSignal();
        try (GgufFile file = model.open();
                NodeRuntime runtime = NodeRuntime.open(join.options())) {
            log.info("kernel %s passed its self-check", MiningChecks.kernel(kernel, threads));
            ModelManifest manifest = MiningChecks.model(runtime.spec(), file, model.name());
            MiningOptions options = options(manifest);
            MiningChecks.options(runtime.spec(), manifest, options.layers(), options.fault());
            NodeJobs jobs = NodeParts.join(runtime);
            if (!jobs.awaitSync(SYNC)) {
                log.warn("no peer has told the height of its chain yet; mining begins anyway");
            }
            runtime.onClose(MiningService.start(base(runtime, jobs, file, manifest), options));
            runtime.openLocally(List.of());
            log.info(
                    "mining %s, layers %s, as %s",
                    manifest.name(),
                    options.layers(),
                    runtime.chain().read(v -> v.role(runtime.key().id())));
            shutdown.await();
            return ExitCode.DONE;
        } catch (MiningException e) {
            String message = String.valueOf(e.getMessage());
            throw switch (e.kind()) {
                case USAGE -> CommandException.usage(message);
                case CHECK -> CommandException.failed(message);
            };
        } finally {
            shutdown.done();
        }
    }

    private static MiningService.Base base(NodeRuntime runtime, NodeJobs jobs, GgufFile file, ModelManifest manifest) {
        return new MiningService.Base(
                runtime.chain(),
                runtime.key(),
                runtime.host(),
                jobs.market(),
                jobs.ledger(),
                runtime.data(),
                file,
                manifest,
                runtime::addresses);
    }

    private MiningOptions options(ModelManifest manifest) {
        try {
            LayerSpan span = layers == null ? new LayerSpan(0, manifest.shape().layers()) : span(layers);
            Optional<Fault> planted = Optional.ofNullable(fault).map(Fault::parse);
            return new MiningOptions(
                    span,
                    price,
                    slots,
                    BondPolicy.parse(bond),
                    planted,
                    new MiningOptions.Compute(kernel, threads, 1, cacheMiB * MIB, storeMiB * MIB));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    /** {@code A-B}, both included, as people count layers from 0. */
    private static LayerSpan span(String text) {
        String[] ends = text.split("-", -1);
        try {
            int first = Integer.parseInt(ends[0].strip());
            int last = Integer.parseInt(ends[ends.length - 1].strip());
            if (ends.length <= 2) {
                return new LayerSpan(first, last + 1);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no range of layers, such as 0-2", e);
        }
        throw new IllegalArgumentException("'" + text + "' is no range of layers, such as 0-2");
    }
}
