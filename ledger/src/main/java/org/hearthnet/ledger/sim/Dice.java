package org.hearthnet.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All chance of a run. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Dice of its own, so that one part of a run can change without changing all others. */
    Dice split() {
        return new Dice(random.split());
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code low} to {@code high}, both included. */
    long between(long low, long high) {
        return low + random.nextLong(high - low + 1);
    }

    double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    long bits() {
        return random.nextLong();
    }

    <T> T pick(List<T> list) {
        return list.get(below(list.size()));
    }

    <T> List<T> shuffled(List<T> list) {
        List<T> out = new ArrayList<>(list);
        for (int i = out.size() - 1; i > 0; i--) {
            java.util.Collections.swap(out, i, below(i + 1));
        }
        return out;
    }
}
