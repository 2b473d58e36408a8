package org.hearthnet.node.pipeline.market;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.JobRequest;
import org.hearthnet.genesis.protocol.Offer;

/** The offers for one request: one of each executor, the cheapest if there are too many. Thread-safe. */
final class OfferBook {
    static final int MAX_OFFERS = 64;

    private final JobRequest request;
    private final Map<NodeId, Offer> offers = new LinkedHashMap<>();

    OfferBook(JobRequest request) {
        this.request = request;
    }

    /** Takes an offer whose signature was checked; returns whether it is of use. */
    synchronized boolean add(Offer offer) {
        if (!offer.request().equals(request.id()) || offer.price() > request.maxPrice()) {
            return false;
        }
        if (offers.size() >= MAX_OFFERS && !offers.containsKey(offer.executor())) {
            Offer dearest = offers.values().stream()
                    .max(java.util.Comparator.comparingLong(Offer::price))
                    .orElseThrow();
            if (dearest.price() <= offer.price()) {
                return false;
            }
            offers.remove(dearest.executor());
        }
        offers.put(offer.executor(), offer);
        notifyAll();
        return true;
    }

    /** All offers so far. */
    synchronized List<Offer> offers() {
        return List.copyOf(offers.values());
    }

    /** Waits for another offer, at most {@code millis}. */
    synchronized void await(long millis) throws InterruptedException {
        if (millis > 0) {
            wait(millis);
        }
    }
}
