package org.hearthnet.node.plan.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hearthnet.node.plan.CostModel;
import org.hearthnet.node.plan.Economics;
import org.hearthnet.node.plan.Estimate;
import org.hearthnet.node.plan.HostKind;
import org.hearthnet.node.plan.NetworkKind;
import org.hearthnet.node.plan.Pipeline;
import org.hearthnet.node.plan.PlanException;
import org.hearthnet.node.plan.Workload;

/** Tries every split, batch and number of batches in flight. */
public final class Search {
    /** Largest batch that is tried. */
    public static final int MAX_BATCH = 4096;

    private final SearchRequest request;
    private final CostModel costs;
    private final List<Design> answers = new ArrayList<>();
    private int splits;
    private int estimates;
    private boolean anythingFits;

    private Search(SearchRequest request) {
        this.request = request;
        this.costs = new CostModel(request.counting());
    }

    /**
     * Searches.
     *
     * @throws PlanException if the model does not fit on the cards in any split, or nothing reaches the target; the message says
     *     what would
     */
    public static SearchResult run(SearchRequest request) {
        Search search = new Search(request);
        for (int cards = request.minCards(); cards <= request.maxCards(); cards++) {
            search.tryCards(cards);
        }
        if (search.answers.isEmpty()) {
            throw search.nothingFound();
        }
        return new SearchResult(search.splits, search.estimates, List.copyOf(search.answers), Front.of(search.answers));
    }

    private void tryCards(int cards) {
        for (HostKind host : request.hosts()) {
            for (int each = 1; each <= Math.min(cards, host.cards()); each++) {
                if (cards % each == 0) {
                    tryHosts(host, cards / each, each);
                }
            }
        }
    }

    private void tryHosts(HostKind host, int hosts, int each) {
        if (hosts == 1) {
            tryNetwork(host, hosts, each, Optional.empty());
            return;
        }
        for (NetworkKind network : request.networks()) {
            if (hosts <= network.maxHosts()) {
                tryNetwork(host, hosts, each, Optional.of(network));
            }
        }
    }

    private void tryNetwork(HostKind host, int hosts, int each, Optional<NetworkKind> network) {
        int cards = hosts * each;
        for (int tensor = 1; tensor <= cards; tensor++) {
            // A group lies within a host, or takes whole hosts: anything else sends some exchanges twice over the
            // network.
            boolean grouped = tensor <= each ? each % tensor == 0 : tensor % each == 0;
            int stages = cards / tensor;
            if (grouped && cards % tensor == 0 && stages <= request.model().layers()) {
                trySplit(new Split(request.device(), host, hosts, each, network, tensor, stages));
            }
        }
    }

    private void trySplit(Split split) {
        splits++;
        Pipeline pipeline = split.pipeline(request.model());
        for (int inFlight : new TreeSet<>(List.of(1, split.stages(), 2 * split.stages()))) {
            tryBatches(split, pipeline, inFlight, false);
            if (inFlight > 1) {
                tryBatches(split, pipeline, inFlight, true);
            }
        }
    }

    private void tryBatches(Split split, Pipeline pipeline, int inFlight, boolean overlap) {
        int largest = largestBatch(pipeline, inFlight, overlap);
        TreeSet<Integer> batches = new TreeSet<>();
        for (int batch = 1; batch <= largest; batch *= 2) {
            batches.add(batch);
        }
        int balance = (int) Math.round(split.device().balance());
        if (balance >= 1 && balance <= largest) {
            batches.add(balance);
        }
        if (largest > 0) {
            batches.add(largest);
        }
        for (int batch : batches) {
            Workload work = work(batch, inFlight, overlap);
            Economics.Hour hour = request.economics().hour(split.usd(), split.watts(), request.hostingUsdPerHour());
            answers.add(new Design(split, work, costs.estimate(pipeline, work), hour));
        }
    }

    /** Memory and time both grow with the batch, so bisection finds the largest one that does; 0 if none does. */
    private int largestBatch(Pipeline pipeline, int inFlight, boolean overlap) {
        int good = 0;
        int bad = MAX_BATCH + 1;
        while (bad - good > 1) {
            int middle = (good + bad) / 2;
            Estimate e = costs.estimate(pipeline, work(middle, inFlight, overlap));
            estimates++;
            anythingFits |= e.fits();
            if (e.fits() && e.tokensPerSecondOfOne() >= request.targetTokensPerSecond()) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    private Workload work(int batch, int inFlight, boolean overlap) {
        return new Workload(batch, request.context(), inFlight, overlap);
    }

    private PlanException nothingFound() {
        if (!anythingFits) {
            return new PlanException(
                    Fit.refusal(request.model(), request.device(), request.maxCards(), request.counting()));
        }
        return new PlanException("nothing made of " + request.maxCards() + " x "
                + request.device().name()
                + " gives one prompt " + request.targetTokensPerSecond()
                + " tokens/s. Ask for less with --min-speed, or give more cards or a faster network");
    }
}
