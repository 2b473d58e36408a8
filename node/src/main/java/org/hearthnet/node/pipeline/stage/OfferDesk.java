package org.hearthnet.node.pipeline.stage;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.JobRequest;
import org.hearthnet.genesis.protocol.Offer;
import org.hearthnet.node.pipeline.LedgerPort;
import org.hearthnet.node.pipeline.plan.JobLimits;

/** Answers requests for an executor: with an offer if it could begin now, else not at all. */
public final class OfferDesk {
    private final NodeId self;
    private final LedgerPort ledger;
    private final StageHost host;
    private final Supplier<List<String>> addresses;

    /** The desk of {@code host}; {@code addresses} are told to clients and neighbours. */
    public OfferDesk(NodeId self, LedgerPort ledger, StageHost host, Supplier<List<String>> addresses) {
        this.self = self;
        this.ledger = ledger;
        this.host = host;
        this.addresses = addresses;
    }

    /** The offer for {@code request}, if this node can and may run a part of it. */
    public Optional<Offer> answer(JobRequest request) {
        StageEngine engine = host.engine();
        ExecutorTerms terms = host.terms();
        int positions = request.promptTokens() + request.maxTokens();
        boolean able = request.manifest().equals(engine.manifest().id())
                && request.arithmeticVersion() == engine.manifest().arithmeticVersion()
                && positions
                        <= Math.min(JobLimits.maxPositions(engine.manifest().shape()), terms.maxPositions());
        boolean willing = terms.price() <= request.maxPrice()
                && ledger.isVeteran(self)
                && host.hasFreeSlot()
                && affordable(positions);
        if (!able || !willing) {
            return Optional.empty();
        }
        List<String> reachable =
                addresses.get().stream().limit(Offer.MAX_ADDRESSES).toList();
        return Optional.of(
                new Offer(request.id(), self, engine.held(), terms.price(), engine.layerTokensPerSecond(), reachable));
    }

    /** Whether even one layer of the job stays within what the ledger lets this node claim. */
    private boolean affordable(int positions) {
        Amount least = Amount.of(host.terms().price()).times(positions);
        return least.compareTo(ledger.exposureCap(self)) <= 0;
    }
}
