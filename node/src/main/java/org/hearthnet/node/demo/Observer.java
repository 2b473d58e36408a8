package org.hearthnet.node.demo;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.LedgerView;
import org.hearthnet.ledger.store.MemoryJournal;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.node.chain.ChainService;
import org.hearthnet.node.chain.PeerPolicy;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.p2p.BackOff;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.gossipsub.GossipClock;
import org.hearthnet.node.p2p.gossipsub.GossipsubConfig;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.host.ConnectionKeeper;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;

/** Follows the network from outside, as anybody could: replays every block in memory and keeps what happened. */
final class Observer implements AutoCloseable {
    private final Chain ledger;
    private final Libp2pHost host;
    private final GossipsubService pubsub;
    private final ConnectionKeeper keeper;
    private final ChainService chain;
    private final List<LedgerEvent> events = new ArrayList<>();

    private Observer(ChainSpec spec, Multiaddr bootstrap, Consumer<LedgerEvent> onEvent) throws IOException {
        KeyPair key = KeyPair.generate(new SecureRandom());
        this.ledger = Chain.open(spec, new MemoryStore());
        PeerPolicy policy =
                new PeerPolicy(id -> ledger.read(v -> v.account(id).standing().banned()));
        this.host =
                Libp2pHost.start(HostConfig.of(Peers.identity(key), List.of()).withGate(policy::allows));
        policy.attach(host);
        this.pubsub = new GossipsubService(
                host,
                Peers.identity(key),
                GossipsubConfig.of(Peers.protocol(spec.id(), "gossip")),
                GossipClock.system(),
                System.currentTimeMillis() * 1_000,
                policy::punish);
        this.chain = ChainService.start(ledger, key, new MemoryJournal(), host, pubsub, policy, true);
        chain.addListener((block, news) -> record(news, onEvent));
        this.keeper = new ConnectionKeeper(host, List.of(bootstrap), BackOff::quick);
    }

    /** Joins and tells {@code onEvent} of everything that the ledger does from the first block on. */
    static Observer join(ChainSpec spec, Multiaddr bootstrap, Consumer<LedgerEvent> onEvent) throws IOException {
        return new Observer(spec, bootstrap, onEvent);
    }

    private void record(List<LedgerEvent> news, Consumer<LedgerEvent> onEvent) {
        synchronized (events) {
            events.addAll(news);
        }
        news.forEach(onEvent);
    }

    /** How many events of {@code type} pass {@code test} so far. */
    <E extends LedgerEvent> long count(Class<E> type, java.util.function.Predicate<E> test) {
        synchronized (events) {
            return events.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .filter(test)
                    .count();
        }
    }

    /** The block at {@code height}, if it is here. */
    java.util.Optional<Block> block(long height) {
        return chain.block(height);
    }

    long height() {
        return chain.height();
    }

    <T> T read(Function<LedgerView, T> question) {
        return chain.read(question);
    }

    /**
     * Waits until {@code condition} holds.
     *
     * @throws TimeoutException naming {@code what} if it does not in time
     */
    static void await(String what, Duration limit, BooleanSupplier condition)
            throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("waited " + limit.toSeconds() + " s in vain for " + what);
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        keeper.close();
        chain.close();
        pubsub.close();
        host.close();
        ledger.close();
    }
}
