package org.hearthnet.ledger.sim;

import java.util.stream.Collectors;
import org.hearthnet.genesis.spec.Committee;

/**
 * Runs a random committee through random trouble, then lets all become well. While there is trouble nothing unsafe may
 * happen; afterwards the chain must grow at every honest member.
 *
 * <p>The structure is that of TigerBeetle's simulator (first safety under faults, then liveness after healing) with named
 * Byzantine members as commonware has them.
 */
public final class ConsensusSim {
    /** Virtual length of the first phase. */
    private static final long TROUBLE_MS = 10_000;

    /** Virtual time in which the chain must have grown after that. */
    private static final long RECOVERY_MS = 60_000;

    /** By how many blocks over the highest one. */
    private static final long GROWTH = 3;

    private static final long BONDED = 4;

    private final long seed;
    private final World world;

    private ConsensusSim(long seed, Seams seams) {
        this.seed = seed;
        Dice dice = new Dice(seed);
        // Every fourth run has seats by bond.
        this.world = seed % BONDED == BONDED - 1 ? Cast.bonded(dice, seams) : Cast.random(dice, seams);
    }

    /** The run of {@code seed}. */
    public static SimResult run(long seed) {
        return run(seed, Seams.NONE);
    }

    static SimResult run(long seed, Seams seams) {
        return new ConsensusSim(seed, seams).run();
    }

    /** An error that nobody foresaw is a finding as well, and must not hide the seed. */
    private SimResult run() {
        try {
            return perform();
        } catch (RuntimeException e) {
            String where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
            world.safety.violated("the program failed: " + e + where);
            return result(true, 0, 0);
        }
    }

    private SimResult perform() {
        Troubles troubles = new Troubles(world, world.dice.split());
        world.machines.forEach(Machine::start);
        troubles.begin();
        go(TROUBLE_MS);
        if (world.dice.chance(0.3)) {
            Troubles.powerCut(world);
        }
        Troubles.heal(world);
        long top = world.honest().stream().mapToLong(Machine::height).max().orElseThrow();
        long healedMs = world.events.nowMs();
        boolean live = grow(top + GROWTH, healedMs + RECOVERY_MS);
        world.safety.checkStates();
        return result(live, top, world.events.nowMs() - healedMs);
    }

    private SimResult result(boolean live, long top, long recoveryMs) {
        return new SimResult(
                seed,
                cast(),
                world.safety.violations(),
                live,
                top,
                recoveryMs,
                world.events.done(),
                world.events.trace());
    }

    private void go(long untilMs) {
        while (world.safety.violations().isEmpty() && world.events.step(untilMs)) {
            // the events do everything
        }
    }

    private boolean grow(long height, long untilMs) {
        while (world.safety.violations().isEmpty() && world.events.step(untilMs)) {
            if (world.honest().stream().allMatch(machine -> machine.height() >= height)) {
                return true;
            }
        }
        return !world.safety.violations().isEmpty(); // another failure than of liveness
    }

    private long weight(Machine machine) {
        return world.committee(machine.height() + 1)
                .flatMap(committee -> committee.find(machine.id()))
                .map(Committee.Seat::weight)
                .orElse(0L);
    }

    private String cast() {
        return world.machines.stream()
                .map(machine ->
                        weight(machine) + (machine.isHonest() ? "" : " " + machine.conduct()) + "@" + machine.height())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
