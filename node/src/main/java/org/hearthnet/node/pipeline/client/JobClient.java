package org.hearthnet.node.pipeline.client;

import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.JobRequest;
import org.hearthnet.genesis.protocol.Offer;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.pipeline.LedgerPort;
import org.hearthnet.node.pipeline.market.Market;
import org.hearthnet.node.pipeline.plan.Plan;
import org.hearthnet.node.pipeline.plan.PlanRequest;
import org.hearthnet.node.pipeline.plan.PlanRequest.Candidate;
import org.hearthnet.node.pipeline.plan.Planner;

/** Buys inference: asks the market, plans, pays, and goes on with others when executors fail. Thread-safe. */
public final class JobClient {
    private final Host host;
    private final KeyPair key;
    private final LedgerPort ledger;
    private final Market market;
    private final JobTimes times;
    private final SecureRandom random = new SecureRandom();

    /** A client with this node's key and account. */
    public JobClient(Host host, KeyPair key, LedgerPort ledger, Market market, JobTimes times) {
        this.host = host;
        this.key = key;
        this.ledger = ledger;
        this.market = market;
        this.times = times;
    }

    /**
     * Runs a job to its end.
     *
     * @throws JobException if it was given up
     */
    public JobOutcome run(JobSpec spec, JobListener listener) throws JobException, InterruptedException {
        return new JobRun(this, spec, listener).run();
    }

    /** What would be bought, without buying it. */
    public Plan plan(JobSpec spec) throws JobException, InterruptedException {
        JobRequest request = request(spec, spec.prompt().length, spec.maxTokens());
        return plan(spec, ask(spec, request), Set.of());
    }

    JobRequest request(JobSpec spec, int promptTokens, int maxTokens) {
        return new JobRequest(
                key.id(),
                random.nextLong(),
                spec.manifest().id(),
                spec.manifest().arithmeticVersion(),
                promptTokens,
                maxTokens,
                spec.maxPrice(),
                ledger.height() + times.escrowBlocks());
    }

    List<Candidate> ask(JobSpec spec, JobRequest request) throws InterruptedException {
        return candidates(market.ask(request, offers -> isEnough(spec, offers), times.settle(), times.offers()));
    }

    private boolean isEnough(JobSpec spec, List<Offer> offers) {
        PlanRequest wanted = new PlanRequest(
                spec.manifest().shape().layers(), candidates(offers), Set.of(), spec.preferred(), spec.stages());
        return Planner.plan(wanted)
                .filter(p -> p.stages().size() >= spec.stages())
                .isPresent();
    }

    private List<Candidate> candidates(List<Offer> offers) {
        return offers.stream()
                // A price of nothing has no voucher and so no claim: such work would never be checked.
                .filter(o -> o.price() > 0 && !o.executor().equals(key.id()) && ledger.isVeteran(o.executor()))
                .map(o -> new Candidate(o, ledger.reputation(o.executor())))
                .toList();
    }

    Plan plan(JobSpec spec, List<Candidate> candidates, Set<NodeId> excluded) throws JobException {
        var wanted = new PlanRequest(
                spec.manifest().shape().layers(), candidates, excluded, spec.preferred(), spec.stages());
        return Planner.plan(wanted)
                .orElseThrow(() -> new JobException(
                        JobException.Kind.NO_OFFERS,
                        candidates.isEmpty()
                                ? "nobody offers to run " + spec.manifest().name() + " for at most " + spec.maxPrice()
                                        + " sparks for a layer of a token. Are executors of this model online?"
                                : "the offers of " + candidates.size() + " executors, " + excluded.size()
                                        + " of which failed, do not cover all "
                                        + spec.manifest().shape().layers() + " layers of "
                                        + spec.manifest().name()));
    }

    Host host() {
        return host;
    }

    KeyPair key() {
        return key;
    }

    LedgerPort ledger() {
        return ledger;
    }

    JobTimes times() {
        return times;
    }

    SecureRandom random() {
        return random;
    }
}
