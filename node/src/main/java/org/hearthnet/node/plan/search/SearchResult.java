package org.hearthnet.node.plan.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was found.
 *
 * @param splits how many splits were tried
 * @param estimates how many estimates it took to find the largest batches
 * @param answers everything that fits and meets the target
 * @param front those that nothing beats in both cost and latency, the fastest first
 */
public record SearchResult(int splits, int estimates, List<Design> answers, List<Design> front) {
    /** What beats {@code design} at no more latency, if anything does: the cheapest. */
    public Optional<Design> better(Design design) {
        return front.stream()
                .filter(d -> d.dominates(design))
                .min(Comparator.comparingDouble(Design::usdPerMillionTokens));
    }
}
