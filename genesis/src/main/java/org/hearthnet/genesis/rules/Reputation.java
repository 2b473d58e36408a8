package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.spec.Parameters;

/** Reputation counts agreed duties. */
public final class Reputation {
    /** Convictions after which the key is banned. */
    public static final int BAN = 2;

    /** Silences after which an executor is a newcomer again. */
    public static final int SILENCES = 3;

    private Reputation() {}

    /** Agreed duties that a newcomer needs: doubled with every conviction. */
    public static int bar(Parameters parameters, int convictions) {
        long bar = (long) parameters.graduationReputation() << Math.min(convictions, 30);
        return (int) Math.min(bar, Integer.MAX_VALUE);
    }

    /** One more agreed duty. */
    public static int agreed(int reputation) {
        return reputation == Integer.MAX_VALUE ? reputation : reputation + 1;
    }

    /** After an accusation that was dismissed: half, so that a long honest record survives a single hardware fault. */
    public static int dismissed(int reputation) {
        return reputation / 2;
    }
}
