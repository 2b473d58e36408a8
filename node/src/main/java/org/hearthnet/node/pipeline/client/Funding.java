package org.hearthnet.node.pipeline.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Offer;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.node.pipeline.LedgerPort.Cap;
import org.hearthnet.node.pipeline.LedgerPort.LedgerException;
import org.hearthnet.node.pipeline.plan.Plan;
import org.hearthnet.node.pipeline.plan.PlanRequest.Candidate;

/** Opens a job's escrow: if the account can bear it with room for failures, else as small as the plan allows. */
final class Funding {
    /** How often an executor may have to start over: each time it runs the prompt again. */
    private static final int STARTS = 2;

    private final JobClient client;
    private final JobSpec spec;
    private final JobListener listener;

    Funding(JobClient client, JobSpec spec, JobListener listener) {
        this.client = client;
        this.spec = spec;
        this.listener = listener;
    }

    Purse open(Plan plan, List<Candidate> candidates, int positions) throws JobException, InterruptedException {
        Amount balance = client.ledger().balance(client.key().id());
        List<Cap> caps = roomy(plan, candidates, positions)
                .filter(c -> sum(c).compareTo(balance) < 0)
                .orElseGet(() -> tight(plan, positions));
        Amount locked = sum(caps);
        if (locked.compareTo(balance) > 0) {
            throw new JobException(
                    JobException.Kind.FUNDS,
                    "the job may cost up to " + locked + " credits, the account holds " + balance
                            + ". Ask for fewer tokens, or get credits: faucet, transfer, or verify for them.");
        }
        long expiry = client.ledger().height() + client.times().escrowBlocks();
        try {
            Hash32 id = client.ledger().openEscrow(caps, expiry, client.times().escrow());
            listener.note("escrow " + id.shortHex() + " locks " + locked + " credits for " + caps.size()
                    + (caps.size() == 1 ? " executor" : " executors"));
            return new Purse(id, caps);
        } catch (LedgerException e) {
            throw new JobException(JobException.Kind.LEDGER, "the escrow was not opened: " + e.getMessage());
        }
    }

    /** Caps for the plan's executors and spares, for all the layers they offer. */
    private Optional<List<Cap>> roomy(Plan plan, List<Candidate> candidates, int positions) {
        Map<NodeId, Offer> offers = new LinkedHashMap<>();
        for (Stage stage : plan.stages()) {
            candidates.stream()
                    .map(Candidate::offer)
                    .filter(o -> o.executor().equals(stage.executor()))
                    .forEach(o -> offers.put(o.executor(), o));
        }
        plan.spares().forEach(o -> offers.put(o.executor(), o));
        try {
            List<Cap> caps = new ArrayList<>();
            for (Offer offer : offers.values()) {
                int layers = clip(offer.layers());
                caps.add(new Cap(
                        offer.executor(),
                        Amount.of(offer.price()).times(Math.multiplyExact((long) layers * STARTS, (long) positions))));
            }
            sum(caps);
            return Optional.of(caps.stream().filter(c -> !c.amount().isZero()).toList());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private int clip(LayerSpan span) {
        return Math.min(span.to(), spec.manifest().shape().layers()) - span.from();
    }

    private static List<Cap> tight(Plan plan, int positions) {
        return plan.stages().stream()
                .map(s -> new Cap(
                        s.executor(),
                        Amount.of(s.price()).times((long) s.layers().count() * positions)))
                .toList();
    }

    private static Amount sum(List<Cap> caps) {
        return caps.stream().map(Cap::amount).reduce(Amount.ZERO, Amount::plus);
    }
}
