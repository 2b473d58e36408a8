package org.hearthnet.genesis.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.genesis.spec.SeatKeys;

/**
 * Seats by bond. Weights are whole parts of {@value #SCALE}: the share of an account in the capped bonds of all candidates,
 * rounded down and at least 1. From one epoch to the next at most a quarter of that moves: no more than {@value #SCALE} / 4
 * parts are taken away in all, and no more are given. A larger change is made in the same proportion everywhere and goes on
 * in the next epoch, so it works for a committee of one as well, whose only seat then passes on in four epochs.
 */
public final class Seats {
    /** Sum of all weights, but for rounding. */
    public static final long SCALE = 1_000_000;

    /** Most parts that are taken away, and most that are given, from one epoch to the next. */
    public static final long MOST_MOVED = SCALE / 4;

    /** Most seats given; those on their way out come on top, up to {@link Committee#MAX_SEATS} in all. */
    public static final int MOST = 100;

    private Seats() {}

    /**
     * Whether the candidates' bonds suffice to take the committee from the members that genesis names. No account counts for
     * more than its capped share of what is needed, so it is never one that does it alone unless the cap is everything.
     *
     * @param bonds of all candidates
     */
    public static boolean open(Parameters parameters, Iterable<Amount> bonds) {
        Amount needed = parameters.committeeBond();
        Amount most = needed.fraction(parameters.seatCap(), 1000);
        Amount sum = Amount.ZERO;
        for (Amount bond : bonds) {
            sum = sum.plus(bond.min(most));
        }
        return sum.compareTo(needed) >= 0;
    }

    /** The same members with the keys that they have registered since, without those who are expelled, unless all are. */
    public static Committee renewed(Committee last, Predicate<NodeId> isExpelled, Map<NodeId, SeatKeys> keys) {
        List<Committee.Seat> stay = last.seats().stream()
                .filter(seat -> !isExpelled.test(seat.node()))
                .toList();
        List<Committee.Seat> kept = stay.isEmpty() ? last.seats() : stay;
        return new Committee(kept.stream()
                .map(seat -> keys.containsKey(seat.node()) ? seat.withKeys(of(keys, seat.node())) : seat)
                .toList());
    }

    /**
     * The committee after {@code last}.
     *
     * @param isExpelled who leaves at once, whatever its weight
     * @param keys what accounts have registered, those of all candidates among them
     * @param bonds of those who want a seat and may have one; without any the committee stays
     */
    public static Committee next(
            Parameters parameters,
            Committee last,
            Predicate<NodeId> isExpelled,
            Map<NodeId, SeatKeys> keys,
            Map<NodeId, Amount> bonds) {
        if (bonds.isEmpty()) {
            return renewed(last, isExpelled, keys);
        }
        SortedMap<NodeId, Amount> old = new TreeMap<>();
        last.seats().stream()
                .filter(seat -> !isExpelled.test(seat.node()))
                .forEach(seat -> old.put(seat.node(), Amount.of(seat.weight())));
        SortedMap<NodeId, Amount> admitted = admitted(old.keySet(), bonds);
        SortedMap<NodeId, Long> weights;
        if (admitted.isEmpty()) {
            weights = withoutSmallest(shares(old)); // a full committee of which nobody stays: room for one
        } else {
            SortedMap<NodeId, Long> target = shares(capped(admitted, parameters.seatCap()));
            weights = old.isEmpty() ? target : between(shares(old), target);
        }
        return new Committee(weights.entrySet().stream()
                .map(e -> seat(last, keys, e.getKey(), e.getValue()))
                .toList());
    }

    private static Committee.Seat seat(Committee last, Map<NodeId, SeatKeys> keys, NodeId node, long weight) {
        Optional<Committee.Seat> before = last.find(node);
        SeatKeys own = before.isPresent() && !keys.containsKey(node)
                ? new SeatKeys(before.get().vrf(), before.get().vote())
                : of(keys, node);
        return new Committee.Seat(node, own.vrf(), own.vote(), weight);
    }

    private static SeatKeys of(Map<NodeId, SeatKeys> keys, NodeId node) {
        return java.util.Objects.requireNonNull(keys.get(node), "a candidate without keys");
    }

    /** The largest bonds, of those without a seat only as many as there is room for beside all who have one. */
    private static SortedMap<NodeId, Amount> admitted(Set<NodeId> seated, Map<NodeId, Amount> bonds) {
        Comparator<Map.Entry<NodeId, Amount>> largestFirst = Map.Entry.comparingByValue(Comparator.reverseOrder());
        List<Map.Entry<NodeId, Amount>> best = bonds.entrySet().stream()
                .sorted(largestFirst.thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .toList();
        SortedMap<NodeId, Amount> out = new TreeMap<>();
        int room = Committee.MAX_SEATS - seated.size();
        for (Map.Entry<NodeId, Amount> each : best) {
            boolean isNew = !seated.contains(each.getKey());
            if (!isNew || room > 0) {
                out.put(each.getKey(), each.getValue());
                room -= isNew ? 1 : 0;
            }
        }
        return out;
    }

    /**
     * Bonds cut off at the largest t with t <= cap of the sum of what is left. Where there are so few that even equal shares are
     * above the cap, all count as much as the smallest.
     *
     * @param cap thousandths
     */
    static SortedMap<NodeId, Amount> capped(SortedMap<NodeId, Amount> bonds, int cap) {
        long low = bonds.values().stream().mapToLong(Amount::sparks).min().orElse(0);
        long high = bonds.values().stream().mapToLong(Amount::sparks).max().orElse(0);
        while (low < high) { // what fits is every t up to some largest one, as the sum is concave in t
            long t = low + (high - low + 1) / 2;
            boolean fits = Amount.of(t).compareTo(sum(bonds, Amount.of(t)).fraction(cap, 1000)) <= 0;
            low = fits ? t : low;
            high = fits ? high : t - 1;
        }
        Amount most = Amount.of(low);
        SortedMap<NodeId, Amount> out = new TreeMap<>();
        bonds.forEach((node, bond) -> out.put(node, bond.min(most)));
        return out;
    }

    private static Amount sum(Map<NodeId, Amount> bonds, Amount most) {
        return bonds.values().stream().map(b -> b.min(most)).reduce(Amount.ZERO, Amount::plus);
    }

    /** Parts of {@link #SCALE}, rounded down and at least 1. */
    private static SortedMap<NodeId, Long> shares(SortedMap<NodeId, Amount> weights) {
        long sum = sum(weights, Amount.of(Long.MAX_VALUE)).sparks();
        SortedMap<NodeId, Long> out = new TreeMap<>();
        weights.forEach((node, w) ->
                out.put(node, Math.max(1, w.fraction(SCALE, sum).sparks())));
        return out;
    }

    private static SortedMap<NodeId, Long> withoutSmallest(SortedMap<NodeId, Long> shares) {
        SortedMap<NodeId, Long> out = new TreeMap<>(shares);
        out.entrySet().stream()
                .min(Map.Entry.<NodeId, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .ifPresent(smallest -> out.remove(smallest.getKey()));
        return out;
    }

    /** From {@code old} towards {@code target}, as far as a quarter allows; without those of weight 0. */
    private static SortedMap<NodeId, Long> between(SortedMap<NodeId, Long> old, SortedMap<NodeId, Long> target) {
        SortedMap<NodeId, Long> moves = new TreeMap<>();
        target.forEach((node, share) -> moves.merge(node, share, Long::sum));
        old.forEach((node, share) -> moves.merge(node, -share, Long::sum));
        long given = moves.values().stream().mapToLong(m -> Math.max(0, m)).sum();
        long taken = moves.values().stream().mapToLong(m -> Math.max(0, -m)).sum();
        long most = Math.max(given, taken);
        SortedMap<NodeId, Long> out = new TreeMap<>();
        moves.forEach((node, move) -> {
            long now = old.getOrDefault(node, 0L) + (most <= MOST_MOVED ? move : move * MOST_MOVED / most);
            if (now > 0) {
                out.put(node, now);
            }
        });
        return out;
    }
}
