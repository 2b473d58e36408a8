package org.hearthnet.node.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.journal.DirectoryDisk;
import org.hearthnet.ledger.journal.FileJournal;
import org.hearthnet.ledger.member.Journal;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.GuardedJournal;
import org.hearthnet.ledger.store.GuardedStore;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.SpaceGuard;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.node.chain.ChainService;
import org.hearthnet.node.chain.EventText;
import org.hearthnet.node.chain.Names;
import org.hearthnet.node.chain.PeerPolicy;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.local.CheckpointRoutes;
import org.hearthnet.node.local.LocalApi;
import org.hearthnet.node.local.LocalException;
import org.hearthnet.node.local.LocalRoutes;
import org.hearthnet.node.local.NodeDirectory;
import org.hearthnet.node.local.RunningNode;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.BackOff;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.gossipsub.GossipClock;
import org.hearthnet.node.p2p.gossipsub.GossipsubConfig;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.host.ConnectionKeeper;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.hearthnet.node.p2p.wire.WireException;
import org.hearthnet.node.service.AddressNotices;

/**
 * A running node: directory, key, ledger, network, chain. Other services are made on top of it and handed to {@link
 * #onClose}; {@link #openLocally} comes last and lets commands in.
 */
public final class NodeRuntime implements AutoCloseable {
    private static final NodeLog LOG = NodeLog.of("node");

    private final NodeDirectory directory;
    private final KeyPair key;
    private final ChainSpec spec;
    // What to close, in order of opening.
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Host host;
    private final GossipsubService pubsub;
    private final ChainService chain;
    private final AddressNotices notices;
    private final RocksStore store;
    private final CompletableFuture<StoreException> storeFailure = new CompletableFuture<>();
    private boolean closed;

    private NodeRuntime(NodeOptions options, NodeDirectory directory, KeyPair key, ChainSpec spec, SpaceGuard guard)
            throws IOException {
        this.directory = directory;
        this.key = key;
        this.spec = spec;
        List<Multiaddr> bootstrap = addresses(options.bootstrap(), true);
        guard.require(0); // opening the store writes too
        this.store = RocksStore.open(directory.path(), spec.id(), options.history());
        Chain ledger = openChain(spec, new GuardedStore(store, guard, storeFailure::complete));
        parts.add(ledger);
        try {
            PeerPolicy policy = new PeerPolicy(
                    id -> ledger.read(v -> v.account(id).standing().banned()));
            HostConfig config = HostConfig.of(Peers.identity(key), addresses(options.listen(), false))
                    .withAgentVersion("hearth/0.1.0")
                    .withGate(policy::allows);
            this.host = opened(Libp2pHost.start(config));
            policy.attach(host);
            this.pubsub = opened(new GossipsubService(
                    host,
                    Peers.identity(key),
                    GossipsubConfig.of(Peers.protocol(spec.id(), "gossip")),
                    GossipClock.system(),
                    System.currentTimeMillis() * 1_000,
                    policy::punish));
            Journal journal = openJournal(directory.path());
            this.chain = opened(ChainService.start(ledger, key, journal, host, pubsub, policy, !bootstrap.isEmpty()));
            chain.addListener(this::report);
            this.notices = opened(new AddressNotices(pubsub, host, chain::height));
            opened(new ConnectionKeeper(host, bootstrap, BackOff::quick));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** In a file of its own: what a member has voted must not depend on the state of the chain's store. */
    private Journal openJournal(Path node) throws IOException {
        DirectoryDisk disk = opened(new DirectoryDisk(node.resolve("votes")));
        return new GuardedJournal(FileJournal.open(disk, new SecureRandom()::nextLong), storeFailure::complete);
    }

    private static Chain openChain(ChainSpec spec, LedgerStore store) {
        try {
            return Chain.open(spec, store);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.add(part);
        return part;
    }

    /**
     * Opens the node in a directory.
     *
     * @throws LocalException if something about the directory or the options stands in the way
     */
    public static NodeRuntime open(NodeOptions options) throws IOException {
        return open(options, SpaceGuard::of);
    }

    /** The same with a watch over the disk of one's own. */
    static NodeRuntime open(NodeOptions options, Function<Path, SpaceGuard> guard) throws IOException {
        NodeDirectory directory = new NodeDirectory(options.data());
        ChainSpec spec = directory.adopt(options.genesis());
        KeyPair key = directory.key();
        try {
            NodeRuntime runtime = new NodeRuntime(options, directory, key, spec, guard.apply(directory.path()));
            LOG.info(
                    "network %s (%s), account %s, height %d",
                    spec.name(), spec.id().shortHex(), key.id().shortHex(), runtime.chain.height());
            runtime.addresses().forEach(a -> LOG.info("listening at %s", a));
            return runtime;
        } catch (StoreException e) {
            throw LocalException.unavailable("the ledger in " + options.data() + " cannot be used: " + e.getMessage());
        }
    }

    /**
     * Reads addresses that a person gave.
     *
     * @throws LocalException if one is none, or names no peer where it should
     */
    public static List<Multiaddr> addresses(List<String> texts, boolean withPeer) {
        List<Multiaddr> out = new ArrayList<>();
        for (String text : texts) {
            try {
                Multiaddr address = Multiaddr.parse(text);
                if (withPeer && address.peer().isEmpty()) {
                    throw LocalException.usage(text + " names no peer: end it with /p2p/ and the peer's id");
                }
                out.add(address);
            } catch (WireException e) {
                throw LocalException.usage(text + " is no address: " + e.getMessage());
            }
        }
        return out;
    }

    /** The node's directory. */
    public NodeDirectory directory() {
        return directory;
    }

    /** Path of the node's directory. */
    public Path data() {
        return directory.path();
    }

    /** The node's key. */
    public KeyPair key() {
        return key;
    }

    /** The network. */
    public ChainSpec spec() {
        return spec;
    }

    /** The network's id. */
    public Hash32 network() {
        return spec.id();
    }

    /** Connections with peers. */
    public Host host() {
        return host;
    }

    /** Messages to everybody. */
    public GossipsubService pubsub() {
        return pubsub;
    }

    /** The chain. */
    public ChainService chain() {
        return chain;
    }

    /** Where peers reach this node, with its peer id. */
    public List<String> addresses() {
        return host.listenAddresses().stream()
                .map(a -> a.withPeer(host.id()).toString())
                .toList();
    }

    /** Completed when a block could not be stored: whoever runs this node closes it then and says why. */
    public CompletableFuture<StoreException> storeFailure() {
        return storeFailure;
    }

    /** Where other nodes are reached. */
    public AddressNotices notices() {
        return notices;
    }

    /** Has {@code part} closed before everything that was opened earlier. */
    public synchronized void onClose(AutoCloseable part) {
        parts.add(part);
    }

    /** Opens the local interface, with routes of other services, and writes {@code node.json}. Once, when all is up. */
    public void openLocally(List<LocalRoutes> routes) throws IOException {
        List<LocalRoutes> all = new ArrayList<>(routes);
        all.add(new CheckpointRoutes(directory, store));
        LocalApi api = LocalApi.start(directory, chain, host, all);
        onClose(api);
        RunningNode me = new RunningNode(
                ProcessHandle.current().pid(),
                RunningNode.ownStartMs(),
                key.id(),
                api.port(),
                api.token(),
                addresses());
        me.write(directory.path());
        onClose(() -> RunningNode.remove(directory.path()));
    }

    private void report(Block block, List<LedgerEvent> events) {
        EventText text = new EventText(new Names(spec));
        events.forEach(e -> text.of(e).ifPresent(t -> LOG.info("block %d: %s", block.height(), t)));
    }

    /** Closes everything in reverse order; the ledger last, which flushes and seals it. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("closing: %s", e);
            }
        }
    }
}
