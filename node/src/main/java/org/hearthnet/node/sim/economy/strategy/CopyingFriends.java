package org.hearthnet.node.sim.economy.strategy;

import java.util.SplittableRandom;
import org.hearthnet.node.sim.economy.Conduct;

/**
 * Executors that deliver right results and verifiers that agree with friends without computing. Nothing can tell this from checking: both
 * sides show the same tag, and the receipt is right. It saves the cost of checking one's own, and no more.
 */
public final class CopyingFriends implements Conduct {
    @Override
    public Finding check(boolean right, boolean friend, SplittableRandom dice) {
        return friend ? Finding.COPY : Conduct.super.check(right, false, dice);
    }

    @Override
    public String toString() {
        return "delivers right results, copies friends' tags";
    }
}
