package org.hearthnet.node.pipeline.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.token.Tokenizer;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.node.chain.ChainService;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.pipeline.LedgerPort.LedgerException;
import org.hearthnet.node.pipeline.client.JobClient;
import org.hearthnet.node.pipeline.client.JobTimes;
import org.hearthnet.node.pipeline.market.Market;
import org.hearthnet.node.pipeline.stage.ExecutorTerms;
import org.hearthnet.node.pipeline.stage.OfferDesk;
import org.hearthnet.node.pipeline.stage.StageEngine;
import org.hearthnet.node.pipeline.stage.StageHost;
import org.hearthnet.node.pipeline.stage.StageTimes;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.pipeline.text.TextJobs;

/** A node's part in the market: every node forwards and may buy; {@link #execute} makes it sell too. */
public final class NodeJobs implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final Host host;
    private final KeyPair key;
    private final ChainService chain;
    private final ChainLedger ledger;
    private final Market market;
    private final JobClient client;
    private final Path jobs;

    /**
     * Joins the market.
     *
     * @param jobs directory of reports; what an executor keeps goes there too
     */
    public NodeJobs(Host host, GossipsubService pubsub, KeyPair key, ChainService chain, Path jobs, JobTimes times) {
        this.host = host;
        this.key = key;
        this.chain = chain;
        this.jobs = jobs;
        this.ledger = new ChainLedger(chain);
        this.market = new Market(pubsub, key, ledger);
        this.client = new JobClient(host, key, ledger, market, times);
    }

    /** Requests and offers. */
    public Market market() {
        return market;
    }

    /** The ledger as jobs see it. */
    public ChainLedger ledger() {
        return ledger;
    }

    /** Buys jobs in tokens. */
    public JobClient client() {
        return client;
    }

    /** Buys jobs in text. */
    public TextJobs texts(ModelManifest manifest, Tokenizer tokenizer) {
        return new TextJobs(client, manifest, tokenizer, jobs);
    }

    /**
     * Sells stages from now on, whenever the ledger lets this node. The caller closes what is returned.
     *
     * @param addresses where others reach this node
     * @param log one line for people about each job
     */
    public StageHost execute(
            StageEngine engine,
            JobStore store,
            ExecutorTerms terms,
            StageTimes times,
            Supplier<List<String>> addresses,
            Consumer<String> log) {
        StageHost stages = new StageHost(host, key, ledger, engine, store, terms, times, log);
        market.serve(new OfferDesk(key.id(), ledger, stages, addresses)::answer);
        return stages;
    }

    /**
     * Waits until this node knows as much of the chain as its peers.
     *
     * @return whether it does
     */
    public boolean awaitSync(Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        while (!isSynced()) {
            if (deadline.expired()) {
                return false;
            }
            Thread.sleep(POLL);
        }
        return true;
    }

    private boolean isSynced() {
        boolean heard = host.connections().stream()
                .map(Connection::remotePeer)
                .anyMatch(p -> chain.heightOf(p).isPresent());
        return heard && chain.height() >= chain.bestKnownHeight();
    }

    /**
     * Asks the network's faucet if the account is empty, has not asked before, and there is one.
     *
     * @return how much it gave
     */
    public Optional<Amount> faucet(Duration timeout) throws LedgerException {
        Account account = chain.read(v -> v.account(key.id()));
        Amount grant = chain.spec().parameters().faucetGrant();
        if (!account.balance().isZero() || account.faucetUsed() || grant.isZero()) {
            return Optional.empty();
        }
        ledger.included(new TransactionBody.FaucetClaim(), timeout);
        return Optional.of(grant);
    }

    @Override
    public void close() {
        market.close();
    }
}
