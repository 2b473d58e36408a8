package org.hearthnet.node.sim.economy.strategy;

import java.util.SplittableRandom;
import org.hearthnet.node.sim.economy.Conduct;

/** Is drawn and does not compute: agrees with a guessed tag, says that it was not served, or stays away. */
public final class LazyVerifier implements Conduct {
    private final Finding instead;

    /** @param instead what it says instead of computing */
    public LazyVerifier(Finding instead) {
        this.instead = instead;
    }

    @Override
    public Finding check(boolean right, boolean friend, SplittableRandom dice) {
        return instead;
    }

    @Override
    public String toString() {
        return "says " + instead + " without computing";
    }
}
