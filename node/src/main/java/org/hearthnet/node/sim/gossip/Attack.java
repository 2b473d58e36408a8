package org.hearthnet.node.sim.gossip;

import java.util.Locale;

/** What the attackers of a run do. */
public enum Attack {
    /** There are none. */
    NONE,
    /** Sybils crowd into as many meshes as they can and pass nothing on, {@link MeshTaker}. */
    TAKEOVER,
    /** All of them gather around a few victims, {@link Eclipser}. */
    ECLIPSE,
    /** They announce messages that do not exist, {@link HaveSpammer}. */
    IHAVE,
    /** They send messages that are not valid, {@link InvalidSpammer}. */
    INVALID,
    /** They behave well, but pass nothing on, {@link Withholder}. */
    WITHHOLD,
    /** A fifth of them does each of these. */
    MIXED;

    /** Its name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
