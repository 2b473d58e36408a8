package org.hearthnet.ledger.sim;

import java.util.List;
import org.hearthnet.genesis.primitive.NodeId;

/** What goes wrong with machines and links in the first phase of a run. How bad it is differs from run to run. */
final class Troubles {
    private static final long MIN_PAUSE_MS = 50;

    private final World world;
    private final Dice dice;
    private final double crashes;
    private final double cuts;
    private final long maxPauseMs;

    Troubles(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
        this.crashes = dice.chance(0.3) ? 0 : dice.between(0.1, 0.9);
        this.cuts = dice.chance(0.3) ? 0 : dice.between(0.1, 0.8);
        this.maxPauseMs = dice.pick(List.of(400L, 1500L));
        double loss = dice.pick(List.of(0.0, 0.1, 0.3, 0.6));
        world.network.setRates(loss, dice.chance(0.5) ? 0 : 0.2);
        // The longest is over the time of several views.
        world.network.setDelay(1, dice.pick(List.of(20L, 200L, 500L, 1500L)));
        double powerLoss = dice.chance(0.5) ? 0 : dice.between(0.001, 0.03);
        world.machines.forEach(machine -> machine.setLossRate(powerLoss));
    }

    void begin() {
        next();
    }

    private void next() {
        world.events.after(dice.between(MIN_PAUSE_MS, maxPauseMs), () -> {
            if (!world.isHealed()) {
                trouble();
                next();
            }
        });
    }

    private void trouble() {
        if (dice.chance(crashes)) {
            if (dice.chance(0.2)) {
                powerCut(world);
            } else {
                crash(dice.pick(world.machines));
            }
        }
        if (dice.chance(cuts)) {
            cut();
        } else if (dice.chance(0.5)) {
            world.network.mend();
        }
    }

    /** All machines at once. */
    static void powerCut(World world) {
        world.machines.forEach(Troubles::crash);
    }

    private static void crash(Machine machine) {
        if (machine.isUp()) {
            machine.crash();
        }
    }

    /** Two groups that do not hear each other, or of which only one hears the other. */
    private void cut() {
        List<NodeId> all = dice.shuffled(world.everybody());
        int here = dice.below(all.size() + 1);
        boolean oneWay = dice.chance(0.4);
        for (NodeId left : all.subList(0, here)) {
            for (NodeId right : all.subList(here, all.size())) {
                world.network.cut(left, right);
                if (!oneWay) {
                    world.network.cut(right, left);
                }
            }
        }
    }

    /** Ends all trouble: no loss, short delays, every machine up. */
    static void heal(World world) {
        world.setHealed();
        world.network.mend();
        world.network.setRates(0, 0);
        world.network.setDelay(1, 20);
        world.machines.forEach(machine -> machine.setLossRate(0));
        world.machines.forEach(Machine::start);
    }
}
