package org.hearthnet.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.consensus.Timings;
import org.hearthnet.ledger.state.transition.Referee;
import org.hearthnet.ledger.state.transition.Rules;

/** Who takes part in a run. */
final class Cast {
    private static final int MOST = 7;

    /** Bonds that nobody has. */
    static final Amount NEVER = Amount.credits(1_000_000);

    private static final long START_MS = 1_700_000_000_000L;
    private static final Timings TIMINGS = new Timings(400, 300, 250);
    private static final List<KeyPair> KEYS = keys("member", MOST);
    private static final List<KeyPair> ACCOUNTS = keys("account", 4);

    private Cast() {}

    /** Deterministic keys; making one takes long, so those of small committees are made once. */
    static List<KeyPair> keys(String role, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> KeyPair.fromSeed(
                        Hashing.in("sim/" + role).add(i).finish().toArray()))
                .toList();
    }

    /** A world with a committee of any size, weights and conduct; less than a third of the weight is Byzantine. */
    static World random(Dice dice, Seams seams) {
        int size = (int) dice.between(1L, MOST);
        boolean equal = dice.chance(0.5);
        List<KeyPair> keys = KEYS.subList(0, size);
        Committee committee = Committee.of(keys.stream()
                .map(key -> Committee.Seat.of(key, equal ? 1 : dice.between(1L, 5)))
                .toList());
        World world = new World(
                dice.split(), rules(committee, TIMINGS, 5, NEVER, 1000, List.of()), TIMINGS, ACCOUNTS, 1, seams);
        List<KeyPair> byzantine = byzantine(dice, keys, committee);
        for (KeyPair key : keys) {
            if (byzantine.contains(key)) {
                addByzantine(world, dice, key);
            } else {
                add(world, dice, key, Conduct.HONEST);
            }
        }
        return world;
    }

    /**
     * A world whose seats go by bond: some machines have one at first, others get one, some give theirs up, and whoever is caught
     * with two blocks loses it. Less than a sixth of the bonds is Byzantine: the rest may be absent for an epoch or two, and the
     * committee is then made of who is there.
     */
    static World bonded(Dice dice, Seams seams) {
        int size = (int) dice.between(2L, MOST);
        List<KeyPair> keys = dice.shuffled(KEYS).subList(0, size);
        List<KeyPair> first = keys.subList(0, (int) dice.between(1L, size));
        Committee committee =
                Committee.of(first.stream().map(key -> seat(key, 1)).toList());
        List<ChainSpec.Allocation> veterans = new ArrayList<>();
        List<Long> bonds = new ArrayList<>();
        for (KeyPair key : keys) {
            long bond = dice.chance(0.5) ? 200 : dice.between(100L, 500);
            bonds.add(bond);
            veterans.add(new ChainSpec.Allocation(
                    key.id(), key.id().shortHex(), Amount.credits(100), Amount.credits(bond), 10));
        }
        int cap = dice.chance(0.5) ? 1000 : (int) dice.between(200L, 600);
        Amount open = Amount.credits(dice.between(0L, 150));
        World world =
                new World(dice.split(), rules(committee, TIMINGS, 3, open, cap, veterans), TIMINGS, ACCOUNTS, 1, seams);
        // Only who has no seat at first may be Byzantine, so that those who have one can be without any of the bonds.
        boolean last = first.size() < size
                && 6 * bonds.getLast() < bonds.stream().mapToLong(b -> b).sum()
                && (cap == 1000 || size > 6)
                && dice.chance(0.6);
        for (int i = 0; i < size; i++) {
            if (last && i == size - 1) {
                addByzantine(world, dice, keys.get(i));
                continue;
            }
            add(world, dice, keys.get(i), Conduct.HONEST);
            boolean comesLate = i > 0 && dice.chance(0.3);
            boolean leaves = i > 1 && dice.chance(0.2);
            world.machines
                    .getLast()
                    .attends(
                            comesLate ? dice.between(0L, 8000) : 0,
                            leaves ? dice.between(2000L, 9000) : Long.MAX_VALUE);
        }
        return world;
    }

    private static Committee.Seat seat(KeyPair key, long weight) {
        return new Committee.Seat(key.id(), PlainBeacons.VRF, key.id(), weight);
    }

    /** A world of honest equals on a network that only delays. */
    static World equals(int size, Timings timings, long delayMs) {
        Dice dice = new Dice(size);
        List<KeyPair> keys = keys("member", size);
        Committee committee = Committee.ofEquals(keys);
        World world = new World(
                dice.split(), rules(committee, timings, 5, NEVER, 1000, List.of()), timings, ACCOUNTS, 1, Seams.NONE);
        for (KeyPair key : keys) {
            addMachine(world, new Machine(world, key, Conduct.HONEST, 0, 1));
        }
        world.network.setDelay(delayMs, delayMs);
        return world;
    }

    private static List<KeyPair> byzantine(Dice dice, List<KeyPair> keys, Committee committee) {
        List<KeyPair> out = new ArrayList<>();
        long weight = 0;
        for (KeyPair key : dice.shuffled(keys)) {
            long more = committee.seat(committee.seatOf(key.id()).orElseThrow()).weight();
            if (3 * (weight + more) < committee.totalWeight() && dice.chance(0.8)) {
                out.add(key);
                weight += more;
            }
        }
        return out;
    }

    private static void addByzantine(World world, Dice dice, KeyPair key) {
        Conduct conduct = switch (dice.below(9)) {
            case 0 -> new Silent();
            case 1 -> new Late();
            case 2 -> new BeaconWithholder();
            case 3 -> new WrongStateRoot();
            case 4 -> new ConflictingProposer();
            case 5 -> new Equivocator();
            case 6 -> new Twin();
            case 7 -> new FutureClock();
            default -> new Garbler();
        };
        boolean deserts = dice.chance(0.5);
        add(world, dice, key, deserts ? new Deserter(conduct) : conduct);
        if (conduct instanceof Twin) {
            add(world, dice, key, deserts ? new Deserter(new Twin()) : new Twin());
        }
    }

    private static void add(World world, Dice dice, KeyPair key, Conduct conduct) {
        long skewMs = dice.chance(0.5) ? 0 : dice.between(-2000L, 2000);
        addMachine(world, new Machine(world, key, conduct, skewMs, dice.between(0.9, 1.1)));
    }

    private static void addMachine(World world, Machine machine) {
        world.machines.add(machine);
        world.network.add(machine);
    }

    private static Rules rules(
            Committee committee,
            Timings timings,
            int epochBlocks,
            Amount committeeBond,
            int cap,
            List<ChainSpec.Allocation> more) {
        Amount bond = Amount.credits(100);
        Parameters parameters = new Parameters(
                (int) timings.blockIntervalMs(),
                epochBlocks,
                4,
                4,
                5,
                3,
                2,
                1,
                bond,
                3,
                100,
                4,
                700,
                200,
                500,
                1,
                Amount.credits(50),
                committeeBond,
                cap,
                Amount.of(1000));
        List<ChainSpec.Allocation> allocations = new ArrayList<>(more);
        ACCOUNTS.forEach(key -> allocations.add(
                new ChainSpec.Allocation(key.id(), key.id().shortHex(), Amount.credits(1000), Amount.ZERO, 0)));
        return new Rules(
                new ChainSpec("sim", true, START_MS, committee, parameters, allocations, List.of()),
                Referee.RECOMPUTING,
                new PlainBeacons());
    }
}
