package org.hearthnet.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.ledger.consensus.Timings;

/** How long finality takes when nothing goes wrong: exact, as the time is virtual and computing takes none of it. */
public final class GoodPath {
    private GoodPath() {}

    /**
     * Lets a committee of honest equals decide some blocks.
     *
     * @param size seats
     * @param delayMs of every link
     * @param blocks how many
     * @return for each block the time from its proposal until the last member had it as final, in milliseconds
     */
    public static List<Long> finalityMs(int size, long delayMs, int blocks) {
        World world = Cast.equals(size, new Timings(1000, 10 * delayMs, 20 * delayMs), delayMs);
        world.machines.forEach(Machine::start);
        List<Long> out = new ArrayList<>();
        for (int height = 1; height <= blocks; height++) {
            while (!isEverywhere(world, height)) {
                if (!world.events.step(Long.MAX_VALUE)
                        || !world.safety.violations().isEmpty()) {
                    throw new IllegalStateException("no block " + height + ": " + world.safety.violations());
                }
            }
            out.add(world.events.nowMs() - world.safety.proposedMs(height));
        }
        return out;
    }

    private static boolean isEverywhere(World world, long height) {
        return world.machines.stream().allMatch(machine -> machine.height() >= height);
    }
}
