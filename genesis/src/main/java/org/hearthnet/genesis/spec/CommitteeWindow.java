package org.hearthnet.genesis.spec;

import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * The committees that are known at a block. Every header carries its hash, so whoever trusts one header can check the headers
 * of this epoch and the next two, and from one of those on the next, without any state.
 *
 * @param epoch the block's
 * @param current who votes in it
 * @param next who votes in the one after
 * @param afterNext who votes in the one after that
 */
public record CommitteeWindow(long epoch, Committee current, Committee next, Committee afterNext) {
    /** Epochs after the first one of a window that it knows of. */
    public static final int AHEAD = 2;

    /** Domain and encoding. */
    public static final Kind<CommitteeWindow> KIND = Kind.of("hearth/committee-window/1", CommitteeWindow.class);

    /** Checks the epoch. */
    public CommitteeWindow {
        if (epoch < 0) {
            throw new IllegalArgumentException("negative epoch");
        }
    }

    /** The hash that headers carry. */
    public Hash32 hash() {
        return KIND.hash(this);
    }

    /** Whether the committee of {@code wanted} is in here. */
    public boolean knows(long wanted) {
        return wanted >= epoch && wanted - epoch <= AHEAD;
    }

    /** The committee of an epoch that {@link #knows} says yes to. */
    public Committee of(long wanted) {
        if (!knows(wanted)) {
            throw new IllegalArgumentException("epoch " + wanted + " is not within two of " + epoch);
        }
        return wanted == epoch ? current : wanted == epoch + 1 ? next : afterNext;
    }
}
