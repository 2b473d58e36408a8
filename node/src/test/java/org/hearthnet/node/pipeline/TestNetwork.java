package org.hearthnet.node.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.gossipsub.GossipClock;
import org.hearthnet.node.p2p.gossipsub.GossipsubConfig;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.hearthnet.node.pipeline.client.JobClient;
import org.hearthnet.node.pipeline.client.JobTimes;
import org.hearthnet.node.pipeline.market.Market;
import org.hearthnet.node.pipeline.stage.ExecutorTerms;
import org.hearthnet.node.pipeline.stage.OfferDesk;
import org.hearthnet.node.pipeline.stage.StageEngine;
import org.hearthnet.node.pipeline.stage.StageHost;
import org.hearthnet.node.pipeline.stage.StageTimes;
import org.hearthnet.node.pipeline.store.JobStore;

/** A client and executors in one process, over loopback sockets. */
public final class TestNetwork implements AutoCloseable {
    /** Patience that keeps a broken test from hanging; failures show much sooner. */
    public static final JobTimes CLIENT_TIMES = new JobTimes(
            Duration.ofSeconds(10),
            Duration.ofMillis(150),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(3),
            4,
            200);

    public final TestLedger ledger;
    public final Member client;
    public final JobClient jobs;
    public final List<Executor> executors = new ArrayList<>();

    /** A node with a key and sockets. */
    public record Member(KeyPair key, Host host, GossipsubService pubsub, Market market) implements AutoCloseable {
        @Override
        public void close() {
            market.close();
            pubsub.close();
            host.close();
        }
    }

    /** A node that executes. */
    public record Executor(Member node, JobStore store, StageHost stages) implements AutoCloseable {
        /** As if it had been killed: its sockets are gone, nobody is told anything. */
        public void kill() {
            node.host().close();
        }

        @Override
        public void close() {
            node.close();
            stages.close();
        }
    }

    /** What an executor holds and asks for. */
    public record Setup(LayerSpan span, long price, UnaryOperator<StageEngine> change) {
        public static Setup of(int from, int to, long price) {
            return new Setup(new LayerSpan(from, to), price, e -> e);
        }
    }

    public TestNetwork(Path directory, JobTimes times, List<Setup> setups) throws IOException, InterruptedException {
        List<KeyPair> keys = new ArrayList<>();
        for (int i = 0; i < setups.size(); i++) {
            keys.add(TestKeys.key(100 + i));
        }
        KeyPair clientKey = TestKeys.key(1);
        ledger = new TestLedger(TestModel.MANIFEST, keys, List.of(clientKey));
        client = member(clientKey);
        jobs = new JobClient(client.host(), clientKey, ledger.port(clientKey), client.market(), times);
        for (int i = 0; i < setups.size(); i++) {
            executors.add(executor(directory.resolve("node" + i), keys.get(i), setups.get(i)));
        }
        TestHosts.await("all executors hear the client", () -> client.pubsub().neighbours() == setups.size());
    }

    public Member member(KeyPair key) throws IOException {
        var config = HostConfig.of(TestKeys.identity(key), List.of(TestHosts.LOOPBACK));
        Host host = Libp2pHost.start(config);
        GossipsubService pubsub = new GossipsubService(
                host,
                TestKeys.identity(key),
                GossipsubConfig.of("/hearth/" + ledger.network().shortHex() + "/gossip"),
                GossipClock.system(),
                1,
                (peer, why) -> {});
        return new Member(key, host, pubsub, new Market(pubsub, key, ledger.port(key)));
    }

    private Executor executor(Path directory, KeyPair key, Setup setup) throws IOException {
        Member node = member(key);
        LedgerPort port = ledger.port(key);
        JobStore store = JobStore.open(directory, 1L << 30);
        StageEngine engine = setup.change().apply(TestModel.engine(setup.span()));
        var stages = new StageHost(
                node.host(),
                key,
                port,
                engine,
                store,
                new ExecutorTerms(setup.price(), 4, 4096),
                StageTimes.DEFAULT,
                line -> {});
        List<String> addresses = List.of(TestHosts.address(node.host()).toString());
        node.market().serve(new OfferDesk(key.id(), port, stages, () -> addresses)::answer);
        node.host().dial(TestHosts.address(client.host()), TestHosts.soon());
        return new Executor(node, store, stages);
    }

    @Override
    public void close() {
        executors.forEach(Executor::close);
        client.close();
    }
}
