package org.hearthnet.node.chain;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.MemoryJournal;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.gossipsub.GossipClock;
import org.hearthnet.node.p2p.gossipsub.GossipsubConfig;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;

/** Some nodes of one network in this process, over real sockets on the loopback address. */
final class TestNet implements AutoCloseable {
    static final KeyPair PROPOSER = SampleTransactions.key(100);
    static final KeyPair RICH = SampleTransactions.key(101);
    static final KeyPair FAUCET = SampleTransactions.key(102);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Node> nodes = new ArrayList<>();

    static ChainSpec spec(String name, int intervalMs) {
        return spec(name, intervalMs, Committee.single(PROPOSER));
    }

    static ChainSpec spec(String name, int intervalMs, Committee committee) {
        var parameters = NetworkPreset.with(NetworkPreset.demo(), java.util.Map.of("blockIntervalMs", "" + intervalMs));
        Amount none = Amount.ZERO;
        return new ChainSpec(
                name,
                true,
                1_700_000_000_000L,
                committee,
                parameters,
                List.of(
                        new ChainSpec.Allocation(RICH.id(), "rich", Amount.credits(1_000), none, 0),
                        new ChainSpec.Allocation(FAUCET.id(), "faucet", Amount.credits(10_000), none, 0)),
                List.of());
    }

    /** One node. */
    static final class Node implements AutoCloseable {
        final KeyPair key;
        final LedgerStore store;
        final PeerPolicy policy;
        final Libp2pHost host;
        final GossipsubService pubsub;
        final Chain ledger;
        final ChainService chain;

        Node(ChainSpec spec, KeyPair key, LedgerStore store, boolean expectsPeers) throws IOException {
            this.key = key;
            this.store = store;
            this.ledger = Chain.open(spec, store);
            this.policy = new PeerPolicy(
                    id -> ledger.read(v -> v.account(id).standing().banned()));
            HostConfig config =
                    HostConfig.of(Peers.identity(key), List.of(loopback())).withGate(policy::allows);
            this.host = Libp2pHost.start(config);
            policy.attach(host);
            this.pubsub = pubsub(host, key, spec, policy);
            this.chain = ChainService.start(ledger, key, new MemoryJournal(), host, pubsub, policy, expectsPeers);
        }

        Multiaddr address() {
            return host.listenAddresses().getFirst().withPeer(host.id());
        }

        void connect(Node other) throws P2pException {
            host.dial(other.address(), Deadline.in(PATIENCE));
        }

        @Override
        public void close() {
            chain.close();
            pubsub.close();
            host.close();
            ledger.close();
        }
    }

    static GossipsubService pubsub(Host host, KeyPair key, ChainSpec spec, PeerPolicy policy) {
        return new GossipsubService(
                host,
                Peers.identity(key),
                GossipsubConfig.of(Peers.protocol(spec.id(), "gossip")),
                GossipClock.system(),
                System.currentTimeMillis() * 1_000,
                policy::punish);
    }

    static Multiaddr loopback() {
        try {
            return Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Node add(ChainSpec spec, KeyPair key) throws IOException {
        return add(spec, key, new MemoryStore(), false);
    }

    Node add(ChainSpec spec, KeyPair key, LedgerStore store, boolean expectsPeers) throws IOException {
        Node node = new Node(spec, key, store, expectsPeers);
        nodes.add(node);
        return node;
    }

    void remove(Node node) {
        nodes.remove(node);
        node.close();
    }

    /** Waits until {@code condition} holds; generous, since it only keeps a broken test from hanging. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("never happened: " + what);
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        nodes.reversed().forEach(Node::close);
    }
}
