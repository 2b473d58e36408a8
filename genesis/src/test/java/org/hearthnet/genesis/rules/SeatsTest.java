package org.hearthnet.genesis.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.VrfKey;
import org.hearthnet.genesis.crypto.VrfPublicKey;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.genesis.spec.SeatKeys;
import org.junit.jupiter.api.Test;

class SeatsTest {
    private static final VrfPublicKey VRF =
            VrfKey.of(KeyPair.fromSeed(new byte[32])).publicKey();
    private static final List<NodeId> NODES = IntStream.range(0, 300)
            .mapToObj(i -> new NodeId(Hashing.in("seat-test").add(i).finish()))
            .toList();

    private final Map<NodeId, SeatKeys> keys = new HashMap<>();

    private static Parameters parameters(long committeeBond, int cap) {
        return new Parameters(
                1000,
                10,
                4,
                4,
                5,
                3,
                2,
                1,
                Amount.credits(100),
                3,
                50,
                4,
                700,
                200,
                500,
                1,
                Amount.ZERO,
                Amount.credits(committeeBond),
                cap,
                Amount.ZERO);
    }

    private static Committee.Seat seat(NodeId node, long weight) {
        return new Committee.Seat(node, VRF, node, weight);
    }

    private Map<NodeId, Amount> bonds(Map<Integer, Long> credits) {
        Map<NodeId, Amount> out = new TreeMap<>();
        credits.forEach((i, c) -> {
            out.put(NODES.get(i), Amount.credits(c));
            keys.put(NODES.get(i), new SeatKeys(VRF, NODES.get(299 - i)));
        });
        return out;
    }

    private Committee next(int cap, Committee last, Set<NodeId> expelled, Map<NodeId, Amount> bonds) {
        return Seats.next(parameters(0, cap), last, expelled::contains, keys, bonds);
    }

    private static Map<NodeId, Long> shares(Committee committee, Set<NodeId> without) {
        long total = committee.seats().stream()
                .filter(s -> !without.contains(s.node()))
                .mapToLong(Committee.Seat::weight)
                .sum();
        Map<NodeId, Long> out = new HashMap<>();
        committee.seats().stream()
                .filter(s -> !without.contains(s.node()))
                .forEach(s -> out.put(s.node(), Math.max(1, s.weight() * Seats.SCALE / total)));
        return out;
    }

    @Test
    void theOnlySeatOfGenesisPassesOnInFourEpochs() {
        Committee committee = Committee.of(List.of(seat(NODES.get(0), 1)));
        Map<NodeId, Amount> bonds = bonds(Map.of(1, 100L));
        List<Long> weights = new ArrayList<>();
        for (int epoch = 0; epoch < 5; epoch++) {
            committee = next(1000, committee, Set.of(), bonds);
            weights.add(committee.find(NODES.get(1)).orElseThrow().weight());
        }
        assertEquals(List.of(250_000L, 500_000L, 750_000L, 1_000_000L, 1_000_000L), weights);
        assertEquals(
                List.of(NODES.get(1)),
                committee.seats().stream().map(Committee.Seat::node).toList());
        assertEquals(NODES.get(298), committee.seat(0).vote(), "with the keys that it registered");
    }

    @Test
    void aSmallChangeIsMadeAtOnce() {
        Committee four = Committee.of(
                IntStream.range(0, 4).mapToObj(i -> seat(NODES.get(i), 1)).toList());
        Committee after = next(1000, four, Set.of(), bonds(Map.of(0, 10L, 1, 10L, 2, 10L, 9, 10L)));
        assertTrue(after.find(NODES.get(3)).isEmpty(), "a quarter may leave");
        assertEquals(250_000, after.find(NODES.get(9)).orElseThrow().weight(), "and a quarter come");
    }

    @Test
    void whoIsConvictedLeavesWhateverItsWeight() {
        Committee three = Committee.of(List.of(seat(NODES.get(0), 5), seat(NODES.get(1), 1), seat(NODES.get(2), 1)));
        Committee after = next(1000, three, Set.of(NODES.get(0)), bonds(Map.of(1, 10L, 2, 10L)));
        assertTrue(after.find(NODES.get(0)).isEmpty());
        assertEquals(2, after.seats().size());
        Committee genesis = Seats.renewed(three, Set.of(NODES.get(0))::contains, Map.of());
        assertEquals(2, genesis.seats().size());
        Set<NodeId> all = Set.copyOf(NODES);
        assertEquals(three, Seats.renewed(three, all::contains, Map.of()), "never empty");
    }

    @Test
    void capsHoldWhereTheyCan() {
        Map<Integer, Long> one = new HashMap<>();
        IntStream.range(0, 20).forEach(i -> one.put(i, i == 0 ? 1_000_000L : 10L));
        var capped = Seats.capped(new TreeMap<>(bonds(one)), 100);
        long sum = capped.values().stream().mapToLong(Amount::sparks).sum();
        long largest = capped.values().stream().mapToLong(Amount::sparks).max().orElseThrow();
        assertTrue(largest * 10 <= sum && (largest + 1) * 10 > sum + 1, largest + " of " + sum);
        var few = Seats.capped(new TreeMap<>(bonds(Map.of(0, 1_000L, 1, 10L, 2, 20L))), 100);
        assertEquals(Set.of(Amount.credits(10)), new HashSet<>(few.values()), "so few cannot be under a tenth");
    }

    @Test
    void noAccountOpensTheCommitteeAlone() {
        Parameters third = parameters(900, 334);
        assertFalse(Seats.open(third, List.of(Amount.credits(1_000_000))));
        assertFalse(Seats.open(third, List.of(Amount.credits(1_000_000), Amount.credits(400))));
        assertTrue(Seats.open(third, List.of(Amount.credits(400), Amount.credits(400), Amount.credits(400))));
    }

    @Test
    void membersAreNamedWithOrWithoutAVoteKey() {
        Committee.Seat plain = seat(NODES.get(0), 1);
        assertEquals(plain, Committee.Seat.parse(plain.text(), 1));
        Committee.Seat strict = plain.withKeys(new SeatKeys(VRF, NODES.get(1)));
        assertEquals(strict, Committee.Seat.parse(strict.text(), 1));
        assertEquals(plain.text() + ":" + NODES.get(1).toHex(), strict.text());
    }

    @Test
    void randomHistoriesStayWithinTheBounds() {
        long seed = Long.getLong("hearth.seed", System.nanoTime());
        System.out.println("SeatsTest seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 60; run++) {
            history(random, "seed " + seed + ", run " + run);
        }
    }

    private void history(Random random, String where) {
        int people = random.nextInt(1, run(random, 8, 200));
        int cap = random.nextInt(1, 1001);
        Committee last = Committee.of(IntStream.range(0, random.nextInt(1, 101))
                .mapToObj(i -> seat(NODES.get(random.nextInt(2) == 0 ? i : 299 - i), random.nextInt(1, 9)))
                .toList());
        for (int epoch = 0; epoch < 12; epoch++) {
            Map<Integer, Long> wealth = new HashMap<>();
            for (int i = 0; i < people; i++) {
                if (random.nextInt(4) > 0) {
                    wealth.put(i, random.nextInt(3) == 0 ? random.nextLong(1, 1_000_000) : 100L);
                }
            }
            Map<NodeId, Amount> bonds = bonds(wealth);
            Set<NodeId> expelled = new HashSet<>();
            if (random.nextInt(3) == 0) {
                expelled.add(last.seat(random.nextInt(last.seats().size())).node());
            }
            bonds.keySet().removeAll(expelled);
            Committee after = next(cap, last, expelled, bonds);
            assertEquals(after, next(cap, last, expelled, new HashMap<>(bonds)), where);
            if (!bonds.isEmpty()) {
                check(last, after, expelled, cap, bonds, where);
            }
            last = after;
        }
    }

    private static int run(Random random, int small, int large) {
        return random.nextBoolean() ? small : large;
    }

    private static void check(
            Committee last, Committee after, Set<NodeId> expelled, int cap, Map<NodeId, Amount> bonds, String where) {
        Map<NodeId, Long> old = shares(last, expelled);
        long given = 0;
        for (Committee.Seat seat : after.seats()) {
            assertFalse(expelled.contains(seat.node()), where);
            long more = seat.weight() - old.getOrDefault(seat.node(), 0L);
            given += Math.max(0, more);
            // Nobody is raised above the cap, or above an equal share of those who could be admitted.
            long most = Math.max(cap * Seats.SCALE / 1000, Seats.SCALE / Math.min(Seats.MOST, bonds.size()))
                    + bonds.size()
                    + 1;
            boolean fewer =
                    bonds.keySet().stream().anyMatch(node -> after.find(node).isEmpty()); // then shares are of fewer
            assertTrue(more <= 0 || seat.weight() <= most || fewer, where + ": " + seat.weight() + " over " + most);
        }
        long taken = old.entrySet().stream()
                .mapToLong(e -> Math.max(
                        0,
                        e.getValue()
                                - after.find(e.getKey())
                                        .map(Committee.Seat::weight)
                                        .orElse(0L)))
                .sum();
        if (!old.isEmpty()) {
            assertTrue(given <= Seats.MOST_MOVED, where + ": given " + given);
            assertTrue(taken <= Seats.MOST_MOVED, where + ": taken " + taken);
        }
    }

    @Test
    void aFullCommitteeThatNobodyWantsStillPassesOn() {
        Committee committee = Committee.of(
                IntStream.range(0, 128).mapToObj(i -> seat(NODES.get(i), 1)).toList());
        Map<NodeId, Amount> bonds = bonds(Map.of(200, 10L, 201, 10L, 202, 10L));
        for (int epoch = 0; epoch < 12; epoch++) {
            committee = next(1000, committee, Set.of(), bonds);
        }
        assertEquals(
                bonds.keySet(),
                Set.copyOf(committee.seats().stream().map(Committee.Seat::node).toList()));
    }
}
