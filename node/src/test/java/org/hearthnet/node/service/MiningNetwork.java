package org.hearthnet.node.service;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.token.Tokenizer;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.MemoryJournal;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.chain.ChainService;
import org.hearthnet.node.chain.PeerPolicy;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.gossipsub.GossipClock;
import org.hearthnet.node.p2p.gossipsub.GossipsubConfig;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.hearthnet.node.pipeline.TestKeys;
import org.hearthnet.node.pipeline.TestModel;
import org.hearthnet.node.pipeline.client.JobListener;
import org.hearthnet.node.pipeline.client.JobOutcome;
import org.hearthnet.node.pipeline.client.JobSpec;
import org.hearthnet.node.pipeline.client.JobTimes;
import org.hearthnet.node.pipeline.ledger.NodeJobs;
import org.hearthnet.node.service.fault.Fault;
import org.hearthnet.node.service.plan.BondPolicy;

/**
 * A network in this process with blocks every 50 ms: a proposer, a client, veterans of the genesis and newcomers, all over
 * loopback sockets. Everybody is connected with the proposer only; the rest they have to find out.
 */
public final class MiningNetwork implements AutoCloseable {
    public static final LayerSpan ALL =
            new LayerSpan(0, TestModel.MANIFEST.shape().layers());
    public static final Amount BOND = Amount.credits(100);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JobTimes TIMES = new JobTimes(
            Duration.ofSeconds(20),
            Duration.ofMillis(150),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            4,
            200);

    private static final JobListener QUIET = new JobListener() {
        @Override
        public void token(int token) {}

        @Override
        public void note(String line) {}
    };

    private final Path directory;
    private final Model model;
    public final ChainSpec spec;
    public final Node proposer;
    public final Node client;
    private final List<Node> nodes = new ArrayList<>();
    public final List<LedgerEvent> events = new CopyOnWriteArrayList<>();

    public static KeyPair veteran(int number) {
        return TestKeys.key(500 + number);
    }

    public static KeyPair newcomer(int number) {
        return TestKeys.key(600 + number);
    }

    /** The model that the network approves. */
    public record Model(GgufFile file, ModelManifest manifest, Tokenizer tokenizer) {
        LayerSpan layers() {
            return new LayerSpan(0, manifest.shape().layers());
        }
    }

    /** A node that follows the chain; more when told so. */
    public final class Node implements AutoCloseable {
        public final KeyPair key;
        public final Libp2pHost host;
        public final ChainService chain;
        public final NodeJobs jobs;
        private final GossipsubService pubsub;
        private final Chain ledger;
        private final AddressNotices notices;
        private final Path home;
        private Optional<MiningService> mining = Optional.empty();

        Node(KeyPair key) throws IOException {
            this.key = key;
            this.home = directory.resolve(key.id().shortHex());
            this.ledger = Chain.open(spec, new MemoryStore());
            PeerPolicy policy = new PeerPolicy(
                    id -> ledger.read(v -> v.account(id).standing().banned()));
            this.host = Libp2pHost.start(HostConfig.of(Peers.identity(key), List.of(TestHosts.LOOPBACK))
                    .withGate(policy::allows));
            policy.attach(host);
            this.pubsub = new GossipsubService(
                    host,
                    Peers.identity(key),
                    GossipsubConfig.of(Peers.protocol(spec.id(), "gossip")),
                    GossipClock.system(),
                    System.currentTimeMillis() * 1_000,
                    policy::punish);
            this.chain = ChainService.start(ledger, key, new MemoryJournal(), host, pubsub, policy, false);
            this.jobs = new NodeJobs(host, pubsub, key, chain, home.resolve("jobs"), TIMES);
            this.notices = new AddressNotices(pubsub, host, chain::height);
        }

        public NodeId id() {
            return key.id();
        }

        public Account account() {
            return proposer.chain.read(v -> v.account(id()));
        }

        /** Begins to mine; a node that was stopped finds its directory as it left it. */
        public void mine(Optional<Fault> fault, BondPolicy bond) throws IOException {
            var compute = new MiningOptions.Compute("vector", 1, 1, 64L << 20, 1L << 30, List.of());
            mining = Optional.of(MiningService.start(
                    new MiningService.Base(
                            chain,
                            key,
                            host,
                            jobs,
                            home,
                            model.file(),
                            model.manifest(),
                            () -> List.of(TestHosts.address(host).toString()),
                            notices::seek),
                    new MiningOptions(model.layers(), 10, 2, bond, fault, compute)));
        }

        public MiningService mining() {
            return mining.orElseThrow();
        }

        public void stopMining() {
            mining.ifPresent(MiningService::close);
            mining = Optional.empty();
        }

        @Override
        public void close() {
            stopMining();
            notices.close();
            jobs.close();
            chain.close();
            pubsub.close();
            host.close();
            ledger.close();
        }
    }

    /** @param veterans how many accounts may execute from the beginning */
    public MiningNetwork(Path directory, int veterans, Map<String, String> parameters) throws IOException {
        this(directory, new Model(TestModel.FILE, TestModel.MANIFEST, TestModel.TOKENIZER), veterans, parameters);
    }

    /** The same with another model than the one in the box. */
    public MiningNetwork(Path directory, Model model, int veterans, Map<String, String> parameters) throws IOException {
        this.directory = directory;
        this.model = model;
        KeyPair proposerKey = TestKeys.key(400);
        KeyPair clientKey = TestKeys.key(401);
        List<ChainSpec.Allocation> allocations = new ArrayList<>();
        allocations.add(new ChainSpec.Allocation(clientKey.id(), "client", Amount.credits(1_000), Amount.ZERO, 0));
        allocations.add(
                new ChainSpec.Allocation(TestKeys.key(402).id(), "faucet", Amount.credits(10_000), Amount.ZERO, 0));
        for (int i = 0; i < veterans; i++) {
            allocations.add(new ChainSpec.Allocation(veteran(i).id(), "veteran" + i, Amount.credits(10), BOND, 100));
        }
        var base = NetworkPreset.with(
                NetworkPreset.demo(),
                Map.of(
                        "blockIntervalMs", "50",
                        "dutyBlocks", "60",
                        "disputeBlocks", "100",
                        "claimBlocks", "200",
                        "graduationReputation", "2"));
        this.spec = new ChainSpec(
                "mining-test",
                true,
                1,
                Committee.single(proposerKey),
                NetworkPreset.with(base, parameters),
                allocations,
                List.of(model.manifest()));
        this.proposer = new Node(proposerKey);
        nodes.add(proposer);
        proposer.chain.addListener((block, happened) -> events.addAll(happened));
        this.client = add(clientKey);
    }

    /** A node that only follows the chain. */
    public Node add(KeyPair key) throws IOException {
        Node node = new Node(key);
        nodes.add(node);
        node.host.dial(TestHosts.address(proposer.host), TestHosts.soon());
        return node;
    }

    /** An honest miner. */
    public Node miner(KeyPair key) throws IOException {
        Node node = add(key);
        node.mine(Optional.empty(), new BondPolicy.None());
        return node;
    }

    /** A miner that cheats. */
    public Node cheat(KeyPair key, String fault) throws IOException {
        Node node = add(key);
        node.mine(Optional.of(Fault.parse(fault)), new BondPolicy.None());
        return node;
    }

    /** Runs a job of the client. */
    public JobOutcome job(String prompt, int maxTokens, int stages, NodeId... preferred) throws Exception {
        int[] tokens = model.tokenizer().encode(prompt, true, false);
        var sampler = new SamplerSettings(0.8f, 0, 0.95f, 7);
        return client.jobs
                .client()
                .run(new JobSpec(model.manifest(), tokens, maxTokens, sampler, 100, stages, Set.of(preferred)), QUIET);
    }

    /** Waits until {@code node} is drawn for duties. */
    public void awaitHolder(Node node) throws InterruptedException {
        await(
                "holding of " + node.id().shortHex() + " is active",
                () -> proposer.chain.read(v -> v.holding(model.manifest().id(), node.id())
                        .filter(h -> h.activeFrom() <= v.nextEpoch())
                        .isPresent()));
    }

    public <T extends LedgerEvent> Stream<T> happened(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    /** Waits for an event, and returns the first. */
    public <T extends LedgerEvent> T await(Class<T> type, Predicate<T> which) throws InterruptedException {
        await(type.getSimpleName(), () -> happened(type).anyMatch(which));
        return happened(type).filter(which).findFirst().orElseThrow();
    }

    /** Waits; generous, since it only keeps a broken test from hanging. */
    public void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                events.forEach(e -> System.out.println("  " + e));
                fail("never happened: " + what);
            }
            Thread.sleep(20);
        }
    }

    /** Waits for {@code blocks} more blocks. */
    public void pass(int blocks) throws InterruptedException {
        long until = proposer.chain.height() + blocks;
        await("height " + until, () -> proposer.chain.height() >= until);
    }

    @Override
    public void close() {
        nodes.reversed().forEach(Node::close);
    }
}
