package org.hearthnet.node.service;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.manifest.WeightRows;
import org.hearthnet.node.chain.ChainService;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.pipeline.group.GroupTimes;
import org.hearthnet.node.pipeline.group.GroupWorkers;
import org.hearthnet.node.pipeline.group.WorkerService;
import org.hearthnet.node.pipeline.ledger.NodeJobs;
import org.hearthnet.node.pipeline.stage.ExecutorTerms;
import org.hearthnet.node.pipeline.stage.ModelEngine;
import org.hearthnet.node.pipeline.stage.SharedSpans;
import org.hearthnet.node.pipeline.stage.StageEngine;
import org.hearthnet.node.pipeline.stage.StageTimes;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.service.account.AccountService;
import org.hearthnet.node.service.duty.DutyService;
import org.hearthnet.node.service.duty.Workbench;
import org.hearthnet.node.service.fault.PlantedFault;
import org.hearthnet.verifier.dispute.StageTrace;

/**
 * A mining node's services over a node that follows the chain: it runs stages when the ledger calls it a veteran, checks
 * what it is drawn for, defends and challenges, and looks after its account.
 */
public final class MiningService implements AutoCloseable {
    private static final NodeLog LOG = NodeLog.of("mine");
    private static final int MAX_POSITIONS = 4096;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final JobStore store;

    /**
     * What it stands on. The file stays open as long as the service.
     *
     * @param jobs the node's part in the market
     * @param directory the node's directory
     * @param file the model
     * @param manifest its manifest, one of the approved
     * @param addresses where others reach this node
     * @param seek asks where another node is reached
     */
    public record Base(
            ChainService chain,
            KeyPair key,
            Host host,
            NodeJobs jobs,
            Path directory,
            GgufFile file,
            ModelManifest manifest,
            Supplier<List<String>> addresses,
            Consumer<NodeId> seek) {}

    private MiningService(Base base, MiningOptions options) throws IOException {
        Optional<PlantedFault> fault = options.fault().map(f -> new PlantedFault(f, base.key()));
        ModelEngine.Variant variant = fault.map(PlantedFault::variant).orElse(ModelEngine.Variant.HONEST);
        MiningOptions.Compute compute = options.compute();
        this.store = JobStore.open(base.directory().resolve("jobs"), compute.storeBytes());
        long began = System.nanoTime();
        LOG.info("loading layers %s of %s", options.layers(), base.manifest().name());
        ModelEngine engine = opened(ModelEngine.open(
                base.file(),
                base.manifest(),
                options.layers(),
                new ModelEngine.Settings(
                        compute.kernel(),
                        compute.threads(),
                        compute.cacheBytes(),
                        variant,
                        workers(base, compute.workers()))));
        LOG.info("loaded and tried in %d ms", (System.nanoTime() - began) / 1_000_000);
        try {
            serve(base, options, fault.map(f -> f.disturb(engine)).orElse(engine));
            opened(DutyService.start(new DutyService.Setup(
                    base.chain(),
                    base.key(),
                    base.host(),
                    store,
                    bench(base, engine, fault, compute.cacheBytes()),
                    base.directory().resolve("duties"),
                    compute.checks(),
                    duty -> fault.isPresent() && fault.get().withholds(duty),
                    base.seek())));
            opened(AccountService.start(new AccountService.Setup(
                    base.chain(), base.jobs().ledger(), store, base.file(), base.manifest(), variant, options.bond())));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Optional<SharedSpans.Workers> workers(Base base, List<Multiaddr> addresses) {
        var random = new SecureRandom();
        return addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(new GroupWorkers(
                        base.host(),
                        addresses,
                        base.file(),
                        WorkerService.modelId(base.manifest()),
                        GroupTimes.DEFAULT,
                        () -> new Hash32(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()),
                        line -> LOG.info("%s", line)));
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.add(part);
        return part;
    }

    /**
     * Begins to mine. {@link MiningChecks} have been made.
     *
     * @throws IOException if what is kept on disk cannot be read
     */
    public static MiningService start(Base base, MiningOptions options) throws IOException {
        options.fault().ifPresent(f -> LOG.warn("PLANTED FAULT %s: this node cheats on purpose", f));
        return new MiningService(base, options);
    }

    private void serve(Base base, MiningOptions options, StageEngine engine) {
        int most = Math.min(MAX_POSITIONS, base.manifest().shape().context());
        opened(base.jobs()
                .execute(
                        engine,
                        store,
                        new ExecutorTerms(options.price(), options.slots(), most),
                        StageTimes.DEFAULT,
                        base.addresses(),
                        line -> LOG.info("%s", line)));
    }

    private static Workbench bench(Base base, ModelEngine engine, Optional<PlantedFault> fault, long cacheBytes) {
        Workbench.Layers layers = new Workbench.Layers() {
            @Override
            public ModelEngine.Borrowed honest(LayerSpan span) {
                return engine.borrow(span);
            }

            @Override
            public ModelEngine.Borrowed own(Assignment assignment, int stage) {
                return engine.borrow(assignment, stage);
            }

            @Override
            public StageTrace shown(StageTrace trace) {
                return fault.isEmpty()
                        ? trace
                        : fault.get().shown(trace, base.manifest().shape());
            }
        };
        return new Workbench(base.manifest(), layers, new WeightRows(base.file())::open, new KvBudget(cacheBytes));
    }

    /** What the node keeps of the stages it ran. */
    public JobStore store() {
        return store;
    }

    /** Ends all services, the last one first. */
    @Override
    public void close() {
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("closing: %s", e);
            }
        }
        parts.clear();
    }
}
