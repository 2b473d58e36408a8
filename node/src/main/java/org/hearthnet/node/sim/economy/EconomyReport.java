package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the simulator has found.
 *
 * @param seed all chance
 * @param strategies every strategy
 * @param bounds how far shares can grow before something profits
 * @param attempts what was tried against the ledger's checks
 * @param flips cards that flip bits
 * @param town the network node by node
 * @param region the network by the aggregate model
 */
public record EconomyReport(
        long seed,
        List<Line> strategies,
        List<Bound> bounds,
        List<Attempt> attempts,
        List<BestResponse> flips,
        TownResult town,
        Region region) {
    /**
     * One strategy.
     *
     * @param strategy which
     * @param atBound its best response with a third of each share; none if there is nothing to choose
     * @param surface its best responses elsewhere
     * @param inTown what it got in the town, if it lived there
     */
    public record Line(
            Strategy strategy,
            Optional<BestResponse> atBound,
            List<BestResponse> surface,
            Optional<TownResult.GroupResult> inTown) {}

    /** Honest nodes on sound hardware that lost their bond, in the town and in the region. */
    public int honestBondsLost() {
        return town.honestBondsLost() + region.honestBondsLost();
    }

    /** Whether everything holds: no lie pays within the stated bounds, nobody honest is ruined, every attempt was stopped. */
    public boolean holds() {
        return honestBondsLost() == 0
                && attempts.stream().allMatch(Attempt::stopped)
                && strategies.stream()
                        .filter(line -> !line.strategy.isHarmless())
                        .flatMap(line -> line.atBound.stream())
                        .noneMatch(BestResponse::profits);
    }

    /** The document for programs. */
    public Map<String, Object> document() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("seed", seed);
        out.put("ok", holds());
        out.put("honestBondsLost", honestBondsLost());
        out.put("strategies", strategies.stream().map(this::document).toList());
        out.put("bounds", bounds);
        out.put("attempts", attempts);
        out.put("flips", flips.stream().map(EconomyReport::flip).toList());
        out.put("town", town(town));
        out.put("region", region);
        return out;
    }

    private Map<String, Object> document(Line line) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", line.strategy.name());
        BestResponse best = line.atBound.orElse(null);
        double honest = strategies.stream()
                .flatMap(l -> l.atBound.stream())
                .mapToDouble(b -> b.honest().mean())
                .max()
                .orElse(0);
        // Whoever is refused at every turn has gained nothing, and lost the time in which others earned.
        out.put("gain", best == null ? 0 : best.gain().mean());
        out.put("gainLow", best == null ? 0 : best.gain().low());
        out.put("gainHigh", best == null ? 0 : best.gain().high());
        out.put("honestGain", best == null ? honest : best.honest().mean());
        out.put("detectedAfterReceipts", best == null ? 0 : best.detectedAfter());
        out.put("refused", best == null);
        if (best != null) {
            out.put("best", best.conduct().toString());
            out.put("more", best.more());
            out.put("profits", best.profits());
            out.put("surface", line.surface.stream().map(EconomyReport::point).toList());
        }
        line.inTown.ifPresent(g -> out.put("inTown", g));
        return out;
    }

    private static Map<String, Object> flip(BestResponse at) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("card", at.conduct().toString());
        out.put("gain", at.gain().mean());
        out.put("more", at.more().mean());
        out.put("convictedThousandths", at.convicted());
        out.put("confessedThousandths", at.silenced());
        return out;
    }

    private static Map<String, Object> point(BestResponse at) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("verifierWeight", at.shares().verifiers());
        out.put("executorBond", at.shares().opinions());
        out.put("committeeWeight", at.shares().committee());
        out.put("more", at.more().mean());
        out.put("moreLow", at.more().low());
        out.put("moreHigh", at.more().high());
        out.put("best", at.conduct().toString());
        return out;
    }

    private static Map<String, Object> town(TownResult town) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("honestExecutor", town.honestExecutor());
        out.put("honestVerifier", town.honestVerifier());
        out.put("honestBondsLost", town.honestBondsLost());
        out.put("honestBondTaken", town.honestBondTaken());
        out.put("honestSilences", town.honestSilences());
        out.put("receipts", town.receipts());
        out.put("checks", town.checks());
        out.put("duties", town.duties());
        out.put("convictions", town.convictions());
        out.put("transactions", town.transactions());
        out.put("bytes", town.bytes());
        out.put("refused", town.refused());
        return out;
    }

    /** Lines of a table for people. */
    public List<List<String>> table() {
        List<List<String>> out = new ArrayList<>();
        for (Line line : strategies) {
            if (line.atBound.isEmpty()) {
                long tried = attempts.stream()
                        .filter(a -> a.strategy().equals(line.strategy.name()))
                        .count();
                out.add(List.of(line.strategy.name(), "0", "", "", "", tried + " attempts, all refused"));
                continue;
            }
            BestResponse b = line.atBound.get();
            out.add(List.of(
                    line.strategy.name(),
                    number(b.gain().mean()),
                    number(b.honest().mean()),
                    number(b.more().mean()) + " [" + number(b.more().low()) + ", "
                            + number(b.more().high()) + "]",
                    b.detectedAfter() < 0 ? "" : number(b.detectedAfter()),
                    b.conduct().toString()));
        }
        return out;
    }

    /** A number with one decimal. */
    static String number(double value) {
        return String.format(java.util.Locale.ROOT, "%.1f", value);
    }
}
